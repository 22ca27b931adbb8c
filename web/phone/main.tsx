import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { PhonePage } from './phone-page.tsx';
import './theme.css';
import './page.css';
import './device.css';
import './chat.css';
import './trouble/trouble.css';

const place = document.getElementById('page');
if (place === null) throw new Error('index.html has no element with the id "page".');
createRoot(place).render(
  <StrictMode>
    <PhonePage />
  </StrictMode>,
);
