#include "engine/expressions/javascript/sandbox_source.h"

namespace engine {

// The middle of the sandbox's function: regular expressions and texts.
const char *const sandboxTexts = R"js(// ── regular expressions ──────────────────────────────────────────────────────────────────────────

const sourceOf = uncurry(describe(NativeRegExp.prototype, 'source').get);
const flagsOf = uncurry(describe(NativeRegExp.prototype, 'flags').get);

function isRegex(value) { return value instanceof NativeRegExp; }

function checkPattern(pattern)
{
    let depth = 0;
    for (const c of pattern) {
        depth += c === '(' ? 1 : c === ')' && depth > 0 ? -1 : 0;
        if (depth > 100 || pattern.length > longestPattern)
            throw new SyntaxError('Regular expression too large');
    }
    return pattern;
}

function FixedRegExp(pattern, flags)
{
    if (!isRegex(pattern))
        return new NativeRegExp(pattern === undefined ? '' : checkPattern(textOf(pattern, 'RegExp')), flags);
    return new NativeRegExp(sourceOf(pattern), flags === undefined ? flagsOf(pattern) : flags);
}

// The native matcher is never asked: it knows no limit.
function execute(regex, subject)
{
    const source = sourceOf(regex), flags = flagsOf(regex);
    const moves = flags.indexOf('g') >= 0 || flags.indexOf('y') >= 0;
    const from = moves ? Math.floor(+regex.lastIndex) || 0 : 0;
    const places = from < 0 || from > subject.length ? null : bridge.match(source, flags, subject, from);
    if (typeof places === 'string')
        throw new RangeError(places);
    if (!places) {
        if (moves)
            regex.lastIndex = 0;
        return null;
    }
    if (moves)
        regex.lastIndex = places[1];
    const match = [];
    for (let i = 0; i < places.length; i += 2)
        match.push(places[i] < 0 ? undefined : subject.slice(places[i], places[i + 1]));
    match.index = places[0];
    match.input = subject;
    return match;
}

function eachMatch(regex, subject, take)
{
    const all = flagsOf(regex).indexOf('g') >= 0;
    if (all)
        regex.lastIndex = 0;
    for (let match; (match = execute(regex, subject)) !== null;) {
        take(match);
        if (!all)
            return;
        if (match[0] === '')
            ++regex.lastIndex;
    }
}

function expand(template, match, subject)
{
    let out = '', at = 0;
    for (let dollar; (dollar = template.indexOf('$', at)) >= 0;) {
        out += template.slice(at, dollar);
        const sign = template[dollar + 1];
        const digits = sign >= '0' && sign <= '9'
            ? (template[dollar + 2] >= '0' && template[dollar + 2] <= '9'
                && +template.slice(dollar + 1, dollar + 3) < match.length ? 2 : 1) : 0;
        const group = digits ? +template.slice(dollar + 1, dollar + 1 + digits) : 0;
        at = dollar + 2;
        if (sign === '$')
            out += '$';
        else if (sign === '&')
            out += match[0];
        else if (sign === '`')
            out += subject.slice(0, match.index);
        else if (sign === "'")
            out += subject.slice(match.index + match[0].length);
        else if (group > 0 && group < match.length) {
            out += match[group] === undefined ? '' : match[group];
            at = dollar + 1 + digits;
        } else {
            out += '$';
            at = dollar + 1;
        }
        checkText(out);
    }
    return out + template.slice(at);
}

function replace(pattern, by)
{
    const subject = textOf(this, 'replace');
    const template = typeof by === 'function' ? null : textOf('' + by, 'replace');
    let out = '', at = 0;
    function take(match)
    {
        out += subject.slice(at, match.index) + (template === null
            ? textOf('' + by(...match, match.index, subject), 'replace')
            : expand(template, match, subject));
        at = match.index + match[0].length;
        checkText(out);
    }
    if (isRegex(pattern)) {
        eachMatch(pattern, subject, take);
    } else {
        const searched = textOf('' + pattern, 'replace');
        const index = subject.indexOf(searched);
        if (index >= 0) {
            const match = [searched];
            match.index = index;
            take(match);
        }
    }
    return checkText(out + subject.slice(at));
}

function match(pattern)
{
    const subject = textOf(this, 'match');
    const regex = isRegex(pattern) ? pattern : FixedRegExp(pattern);
    if (flagsOf(regex).indexOf('g') < 0)
        return execute(regex, subject);
    const all = [];
    eachMatch(regex, subject, found => all.push(found[0]));
    return all.length ? all : null;
}

function search(pattern)
{
    const subject = textOf(this, 'search');
    const regex = isRegex(pattern) ? pattern : FixedRegExp(pattern);
    const found = execute(new NativeRegExp(sourceOf(regex), flagsOf(regex).replace(/[gy]/g, '')), subject);
    return found === null ? -1 : found.index;
}

function split(separator, limit)
{
    const subject = textOf(this, 'split');
    const most = limit === undefined ? longestList : limit >>> 0;
    const pieces = [];
    function add(piece)
    {
        if (pieces.length < most)
            pieces.push(piece);
        checkCount(pieces.length);
    }
    if (separator === undefined) {
        add(subject);
    } else if (isRegex(separator)) {
        let at = 0;
        const flags = flagsOf(separator).replace(/[gy]/g, '') + 'g';
        eachMatch(new NativeRegExp(sourceOf(separator), flags), subject, found => {
            if (found[0] === '' && (found.index === at || found.index >= subject.length))
                return;
            add(subject.slice(at, found.index));
            for (let i = 1; i < found.length; ++i)
                add(found[i]);
            at = found.index + found[0].length;
        });
        add(subject.slice(at));
    } else {
        const text = textOf('' + separator, 'split');
        if (text === '') {
            for (let i = 0; i < subject.length && pieces.length < most; ++i)
                add(subject[i]);
            return pieces;
        }
        let at = 0;
        for (let found; (found = subject.indexOf(text, at)) >= 0 && pieces.length < most;) {
            add(subject.slice(at, found));
            at = found + text.length;
        }
        add(subject.slice(at));
    }
    return pieces;
}

function fixRegExps()
{
    const regexes = NativeRegExp.prototype;
    for (const symbol of symbolsOf(regexes))
        remove(regexes, symbol);
    remove(regexes, 'compile');
    define(regexes, 'exec', function exec(text) { return execute(this, textOf('' + text, 'exec')); });
    define(regexes, 'test', function test(text) { return execute(this, textOf('' + text, 'test')) !== null; });
    // The native constructor remembers the last match of whoever matched last.
    FixedRegExp.prototype = regexes;
    define(FixedRegExp, 'name', 'RegExp');
    define(regexes, 'constructor', FixedRegExp);
    define(global, 'RegExp', FixedRegExp);
}

// ── texts ────────────────────────────────────────────────────────────────────────────────────────

function guardTexts()
{
    const texts = String.prototype;
    for (const name of namesOf(texts)) {
        const native = texts[name];
        if (typeof native !== 'function' || name === 'constructor' || name === 'toString' || name === 'valueOf')
            continue;
        define(texts, name, { [name](...rest) { return apply(native, textOf(this, name), rest); } }[name]);
    }
    const repeat = uncurry(texts.repeat);
    define(texts, 'repeat', function (count) {
        const text = textOf(this, 'repeat');
        if (text.length * count > longestText)
            throw new RangeError('repeat would make a text longer than ' + longestText + ' characters');
        return repeat(text, count);
    });
    for (const name of ['padStart', 'padEnd']) {
        const native = uncurry(texts[name]);
        define(texts, name, function (length, filler = ' ') {
            if (length > longestText)
                throw new RangeError(name + ' would make a text longer than ' + longestText + ' characters');
            return native(textOf(this, name), length, textOf('' + filler, name));
        });
    }
    define(texts, 'concat', function concat(...rest) {
        let text = textOf(this, 'concat');
        for (const piece of rest)
            text = checkText(text + piece);
        return text;
    });
    define(texts, 'localeCompare', function localeCompare(other) {
        const text = textOf(this, 'localeCompare'), compared = '' + other;
        return text < compared ? -1 : text > compared ? 1 : 0;
    });
    define(texts, 'toLocaleUpperCase', texts.toUpperCase);
    define(texts, 'toLocaleLowerCase', texts.toLowerCase);
    define(texts, 'replace', replace);
    define(texts, 'match', match);
    define(texts, 'search', search);
    define(texts, 'split', split);
    define(Number.prototype, 'toLocaleString', Number.prototype.toString);
    for (const name of ['encodeURI', 'encodeURIComponent', 'decodeURI', 'decodeURIComponent']) {
        const native = global[name];
        define(global, name, function (text) { return native(textOf('' + text, name)); });
    }
}

)js";

} // namespace engine
