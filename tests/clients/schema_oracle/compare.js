// Reads {"schema", "value", "valid"} lines and asks ajv the same. Prints each disagreement; fails on
// one, or where the pairs are too few or too much alike to say anything.
const readline = require('readline');
const Ajv = require('ajv/dist/2020');

const expected = Number(process.argv[2]);
const counted = { pairs: 0, valid: 0, disagreements: 0 };
const keywords = new Map();

function countKeywords(schema) {
    if (Array.isArray(schema)) return schema.forEach(countKeywords);
    if (schema === null || typeof schema !== 'object') return;
    for (const [key, value] of Object.entries(schema)) {
        keywords.set(key, (keywords.get(key) || 0) + 1);
        countKeywords(value);
    }
}

function compare(line) {
    const { schema, value, valid } = JSON.parse(line);
    const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false, logger: false });
    const theirs = ajv.compile(schema)(value);
    ++counted.pairs;
    counted.valid += valid ? 1 : 0;
    countKeywords(schema);
    if (theirs === valid) return;
    ++counted.disagreements;
    console.log(`ajv says ${theirs}: ${JSON.stringify(schema)}\n  on ${JSON.stringify(value)}`);
}

readline.createInterface({ input: process.stdin }).on('line', compare).on('close', () => {
    console.log(counted, Object.fromEntries([...keywords].sort()));
    const varied = counted.valid > expected / 4 && counted.valid < (expected * 3) / 4;
    const silent = process.argv.slice(3).filter((keyword) => !keywords.has(keyword));
    if (silent.length) console.log(`never asked: ${silent}`);
    process.exit(counted.pairs === expected && varied && !silent.length && !counted.disagreements ? 0 : 1);
});
