/** What runs in a page. Each part looks for its own content and does nothing where there is none. */
import { drawCharts } from './charts.js';
import { checkPredictions } from './exercises.js';
import { playFollowed } from './followed.js';
import { moveOutlook } from './outlook.js';

drawCharts();
playFollowed();
checkPredictions();
moveOutlook();
