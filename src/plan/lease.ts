/** How long a dead node is believed in: it stays in the view for so long, and whoever else keeps an eye on nodes waits as long. */
export const leaseMs = 2_000;
