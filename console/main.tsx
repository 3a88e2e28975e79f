import './style/tokens.css';
import './style/base.css';
import './style/parts.css';
import './style/chart.css';
import './style/pages.css';
import { render } from 'preact';
import { Console } from './console.tsx';
import { applyTheme } from './parts/theme.ts';

// The composition root of the console: the one place that reaches for the page and for chance.
applyTheme(window);
const surroundings = { page: window, newKey: () => crypto.randomUUID() };
const place = document.querySelector('#console');
if (place !== null) render(<Console surroundings={surroundings} />, place);
