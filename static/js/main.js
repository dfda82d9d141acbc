// What every page has: keys, dialogs, pop-overs, ticking, number steppers, photo previews, printing, a lost network.
import "./shortcuts.js";
import "./dialogs.js";
import "./ticks.js";
import "./steppers.js";
import "./photos.js";
import "./prints.js";
import "./network.js";
import "./returns.js";
