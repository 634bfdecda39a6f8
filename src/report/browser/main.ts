/** What runs in a page. Each part looks for its own content and does nothing where there is none. */
import { drawCharts } from './charts.js';
import { playFollowed } from './followed.js';

drawCharts();
playFollowed();
