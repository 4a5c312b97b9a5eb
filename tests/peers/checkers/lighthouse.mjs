// Runs Lighthouse as on a phone. Arguments: the browser's path, the categories (comma), then the addresses.
// Prints {address: {scores: {category: 0..1}, failed: [audit ids below 1], blocking: [addresses], shift, shown (ms until the largest part is there, on a slow line), requests: [{url, transferSize, resourceType}], error}} as JSON.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const [chromePath, categories, ...addresses] = process.argv.slice(2);
// Counted beside the categories: what was loaded, and whether something moved.
const BESIDE = ['network-requests', 'cumulative-layout-shift', 'largest-contentful-paint', 'render-blocking-resources'];
const TRIES = 3; // a page whose start Chromium missed (NO_NAVSTART), or an audit that broke off, says nothing about the page
const chrome = await launch({
  chromePath,
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking'],
});
// A category without a score holds an audit that could not be made.
const broken = (lhr) => (Object.values(lhr.categories).some(({ score }) => score === null)
  ? Object.values(lhr.audits).filter((audit) => audit.scoreDisplayMode === 'error').map((audit) => `${audit.id}: ${audit.errorMessage}`).join('; ') || 'no score'
  : '');
const said = {};
try {
  for (const address of addresses) {
    for (let left = TRIES; left > 0; left -= 1) {
      const { lhr } = await lighthouse(address, { port: chrome.port, onlyCategories: categories.split(','), onlyAudits: BESIDE, logLevel: 'error' });
      const refs = Object.values(lhr.categories).flatMap((category) => category.auditRefs);
      const counted = new Set(refs.filter((ref) => ref.weight > 0).map((ref) => ref.id));
      const requests = lhr.audits['network-requests']?.details?.items ?? [];
      said[address] = {
        scores: Object.fromEntries(Object.entries(lhr.categories).map(([name, { score }]) => [name, score])),
        failed: Object.values(lhr.audits)
          .filter((audit) => counted.has(audit.id) && audit.score !== null && audit.score < 1)
          .map((audit) => audit.id),
        blocking: (lhr.audits['render-blocking-resources']?.details?.items ?? []).map((item) => item.url),
        shift: lhr.audits['cumulative-layout-shift']?.numericValue,
        shown: lhr.audits['largest-contentful-paint']?.numericValue,
        requests: requests.map(({ url, transferSize, resourceType }) => ({ url, transferSize, resourceType })),
        error: lhr.runtimeError?.code ?? broken(lhr),
      };
      if (!said[address].error) break;
    }
  }
} finally {
  await chrome.kill();
}
console.log(JSON.stringify(said));
