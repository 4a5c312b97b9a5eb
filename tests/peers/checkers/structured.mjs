// Checks the structured data of HTML files against schema.org and what Google asks for (@adobe/structured-data-validator).
// Arguments: the files. Prints {file: {types: [...], issues: ["SEVERITY path: words", ...]}} as JSON.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Validator from '@adobe/structured-data-validator';
import extractorModule from '@marbec/web-auto-extractor';

const WebAutoExtractor = extractorModule.default ?? extractorModule;
const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const RDFS = 'http://www.w3.org/2000/01/rdf-schema#';
const SCHEMA = 'http://schema.org/';

/** The vocabulary as the validator wants it: classes with their parents, properties with their domains. */
function vocabulary() {
  const source = createRequire(import.meta.url).resolve('@vocabulary/schema').replace(/index\.js$/, 'schema.nq');
  const nodes = new Map();
  for (const line of readFileSync(source, 'utf8').split('\n')) {
    const [, subject, predicate, object] = /^<([^>]+)> <([^>]+)> <([^>]+)>/.exec(line) ?? [];
    if (!subject) continue;
    const node = nodes.get(subject) ?? { '@id': subject, 'rdfs:subClassOf': [], 'schema:domainIncludes': [] };
    nodes.set(subject, node);
    if (predicate === `${RDF}type` && object === `${RDFS}Class`) node['@type'] = 'rdfs:Class';
    if (predicate === `${RDF}type` && object === `${RDF}Property`) node['@type'] = 'rdf:Property';
    if (predicate === `${RDFS}subClassOf`) node['rdfs:subClassOf'].push({ '@id': object });
    if (predicate === `${SCHEMA}domainIncludes`) node['schema:domainIncludes'].push({ '@id': object });
  }
  return { '@graph': [...nodes.values()] };
}

const validator = new Validator(vocabulary());
const said = {};
for (const file of process.argv.slice(2)) {
  const found = new WebAutoExtractor({ addLocation: false }).parse(readFileSync(file, 'utf8'));
  const issues = await validator.validate(found);
  said[file] = {
    types: Object.keys(found.jsonld ?? {}),
    issues: [...(found.errors ?? []).map((e) => `ERROR ${e.message}`), ...issues.map(
      (i) => `${i.severity} ${(i.path ?? []).map((step) => step.type ?? step.property).join('/')}: ${i.issueMessage}`,
    )],
  };
}
console.log(JSON.stringify(said));
