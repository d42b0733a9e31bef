#include "engine/expressions/javascript/sandbox_source.h"

namespace engine {

// A function of (global, bridge) that replaces what could run away, forgets what could reach out,
// freezes the rest, and answers the entrances that C++ calls. `bridge` stays in here.
//
// The watchdog stops loops of interpreted code, but never a native call. So each native loop that a
// script could feed with an endless length is capped or written here as a loop that can be
// interrupted.
const char *const sandboxSource = R"js((function (global, bridge) {
'use strict';

const longestText = 2 * 1024 * 1024;   // UTF-16 units
const longestList = 1000000;           // elements
const longestPattern = 2000;
const largestResult = 1024 * 1024;
const deepestResult = 64;
const mostNodes = 500000;

const NativeFunction = Function, NativeDate = Date, NativeRegExp = RegExp, NativeProxy = Proxy;
const NativeArray = Array, nativeParse = JSON.parse, nativeStringify = JSON.stringify;
const isArray = Array.isArray, isExtensible = Object.isExtensible;
const describe = Object.getOwnPropertyDescriptor;
const namesOf = Object.getOwnPropertyNames, symbolsOf = Object.getOwnPropertySymbols;
const bindCall = Function.prototype.call;
const uncurry = native => bindCall.bind(native);
const apply = uncurry(Function.prototype.apply);

function define(target, name, value)
{
    Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
}

function checkText(text)
{
    if (text.length > longestText)
        throw new RangeError('Text longer than ' + longestText + ' characters');
    return text;
}

function textOf(value, method)
{
    if (value === undefined || value === null)
        throw new TypeError(method + ' needs a text');
    return checkText(typeof value === 'string' ? value : '' + value);
}

function checkCount(count)
{
    if (count > longestList)
        throw new RangeError('List longer than ' + longestList + ' elements');
    return count;
}

// ── Date and chance ──────────────────────────────────────────────────────────────────────────────

let fixedNow = 0, chanceA = 0, chanceB = 0;

const localPart = ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds']
    .map(part => uncurry(NativeDate.prototype['get' + part]));
const utcTime = NativeDate.UTC, parseDate = NativeDate.parse;

// A date without a zone is meant in UTC, wherever the machine stands.
function parsed(text)
{
    const utc = /^\s*[+-]?\d+(-\d\d){0,2}\s*$/.test(text) || /(Z|GMT|UTC)/i.test(text)
        || /:\d\d([.,]\d+)?\s*[+-]\d\d:?\d\d/.test(text);
    if (utc)
        return parseDate(text);
    const local = new NativeDate(text);
    return utcTime(...localPart.map(part => part(local)));
}

function FixedDate(...parts)
{
    if (new.target === undefined)
        return new NativeDate(fixedNow).toString();
    if (parts.length === 0)
        return new NativeDate(fixedNow);
    if (parts.length > 1)
        return new NativeDate(utcTime(...parts));
    const value = parts[0] instanceof FixedDate ? parts[0].getTime() : parts[0];
    return new NativeDate(typeof value === 'string' ? parsed(value) : +value);
}

function fixDates()
{
    const dates = NativeDate.prototype;
    for (const part of ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds']) {
        define(dates, 'get' + part, dates['getUTC' + part]);
        define(dates, 'set' + part, dates['setUTC' + part]);
    }
    define(dates, 'getDay', dates.getUTCDay);
    define(dates, 'getTimezoneOffset', function getTimezoneOffset() { return 0; });
    const toISO = dates.toISOString, days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
    const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
    function toText()
    {
        if (this.getTime() !== this.getTime())
            return 'Invalid Date';
        const day = (this.getDate() < 10 ? '0' : '') + this.getDate();
        return days[this.getDay()] + ', ' + day + ' ' + months[this.getMonth()] + ' ' + this.getFullYear() + ' '
            + toISO.call(this).slice(-13, -5) + ' GMT';
    }
    for (const name of ['toString', 'toUTCString', 'toGMTString', 'toLocaleString'])
        define(dates, name, toText);
    for (const name of ['toDateString', 'toLocaleDateString'])
        define(dates, name, function () { return toISO.call(this).slice(0, 10); });
    for (const name of ['toTimeString', 'toLocaleTimeString'])
        define(dates, name, function () { return toISO.call(this).slice(11, 19); });
    delete dates.getYear;
    delete dates.setYear;
    FixedDate.prototype = dates;
    define(dates, 'constructor', FixedDate);
    define(FixedDate, 'now', function now() { return fixedNow; });
    define(FixedDate, 'parse', function parse(text) { return parsed(textOf(text, 'Date.parse')); });
    define(FixedDate, 'UTC', utcTime);
    define(FixedDate, 'name', 'Date');
    define(global, 'Date', FixedDate);
}

function draw(state)
{
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
}

function random()
{
    chanceA = (chanceA + 0x6D2B79F5) | 0;
    chanceB = (chanceB + 0x6D2B79F5) | 0;
    return ((draw(chanceA) >>> 6) * 134217728 + (draw(chanceB) >>> 5)) / 9007199254740992;
}

// ── regular expressions ──────────────────────────────────────────────────────────────────────────

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
        delete regexes[symbol];
    delete regexes.compile;
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

// ── lists ────────────────────────────────────────────────────────────────────────────────────────

function FixedArray(...elements)
{
    if (elements.length !== 1 || typeof elements[0] !== 'number')
        return elements;
    return new NativeArray(checkCount(elements[0]));
}

function from(source, change)
{
    const list = [];
    function add(element)
    {
        list.push(change === undefined ? element : change(element, list.length));
        checkCount(list.length);
    }
    if (source === undefined || source === null)
        throw new TypeError('Array.from needs a list');
    if (typeof source[Symbol.iterator] === 'function') {
        for (const element of source)
            add(element);
    } else {
        const length = +source.length || 0;
        for (let i = 0; i < length; ++i)
            add(source[i]);
    }
    return list;
}

function listOf(value)
{
    const list = isArray(value) ? value : from(value);
    checkCount(list.length);
    return list;
}

function join(separator = ',')
{
    const between = textOf('' + separator, 'join');
    const list = listOf(this);
    let text = '';
    for (let i = 0; i < list.length; ++i) {
        const element = list[i];
        text += (i ? between : '') + (element === undefined || element === null ? '' : element);
        checkText(text);
    }
    return text;
}

// The native sort cannot be stopped while it compares texts.
function sort(compare)
{
    const list = listOf(this);
    const comesAfter = compare === undefined
        ? (a, b) => b === undefined ? false : a === undefined ? true : '' + a > '' + b
        : (a, b) => b === undefined ? false : a === undefined ? true : compare(a, b) > 0;
    let sorted = from(list);
    for (let width = 1; width < sorted.length; width *= 2) {
        const merged = [];
        for (let start = 0; start < sorted.length; start += 2 * width) {
            let left = start, right = start + width;
            const middle = Math.min(right, sorted.length), end = Math.min(right + width, sorted.length);
            while (left < middle || right < end) {
                const takeRight = left >= middle || (right < end && comesAfter(sorted[left], sorted[right]));
                merged.push(takeRight ? sorted[right++] : sorted[left++]);
            }
        }
        sorted = merged;
    }
    for (let i = 0; i < sorted.length; ++i)
        list[i] = sorted[i];
    return list;
}

function guardLists()
{
    const lists = NativeArray.prototype;
    for (const name of namesOf(lists)) {
        const native = lists[name];
        if (typeof native !== 'function' || name === 'constructor')
            continue;
        define(lists, name, { [name](...rest) { return apply(native, listOf(this), rest); } }[name]);
    }
    // The native ones change frozen lists too.
    for (const name of ['push', 'pop', 'shift', 'unshift', 'splice', 'fill', 'copyWithin', 'reverse']) {
        const native = lists[name];
        define(lists, name, { [name](...rest) {
            if (isArray(this) && !isExtensible(this))
                throw new TypeError(name + ' cannot change a frozen list');
            return apply(native, this, rest);
        } }[name]);
    }
    define(lists, 'join', join);
    define(lists, 'sort', sort);
    define(lists, 'toString', function toString() { return apply(join, this, []); });
    define(lists, 'toLocaleString', lists.toString);
    FixedArray.prototype = lists;
    define(FixedArray, 'name', 'Array');
    define(FixedArray, 'isArray', isArray);
    define(FixedArray, 'of', function of(...elements) { return elements; });
    define(FixedArray, 'from', from);
    define(lists, 'constructor', FixedArray);
    define(global, 'Array', FixedArray);
    // Their constructors fill themselves by these, so that a script's lists cannot hold them up.
    const put = uncurry(Map.prototype.set), add = uncurry(Set.prototype.add);
    define(Map.prototype, 'set', function set(key, value) { put(this, key, value); return this; });
    define(Set.prototype, 'add', { add(value) { add(this, value); return this; } }.add);
}

// ── JSON ─────────────────────────────────────────────────────────────────────────────────────────

// Looks at each node before it is written: a small graph can be an endless text, and the native walk
// neither stops nor has a floor. Tells the depth from the holders, which come in the order of the walk.
function boundedReplacer(replacer)
{
    const holders = [];
    const kept = isArray(replacer) ? new Set(replacer.map(key => '' + key)) : null;
    let nodes = 0, size = 0;
    return function (key, value) {
        while (holders.length && holders[holders.length - 1] !== this)
            holders.pop();
        if (kept && key !== '' && !isArray(this) && !kept.has(key))
            return undefined;
        const written = typeof replacer === 'function' ? replacer.call(this, key, value) : value;
        size += key.length + (typeof written === 'string' ? written.length : 1);
        if (++nodes > mostNodes || size > largestResult)
            throw new RangeError('The value is larger than 1 MiB as JSON');
        // The native walk of a list does not even stop for an exception.
        if (isArray(written) && written.length > mostNodes)
            throw new RangeError('The value has a list longer than ' + mostNodes);
        if (typeof written === 'object' && written !== null) {
            if (holders.length >= deepestResult)
                throw new RangeError('The value is nested deeper than ' + deepestResult);
            holders.push(written);
        }
        return written;
    };
}

function stringify(value, replacer, space)
{
    return nativeStringify(value, boundedReplacer(replacer), space);
}

function guardJson()
{
    define(JSON, 'stringify', stringify);
    define(JSON, 'parse', function parse(text, revive) {
        return nativeParse(textOf('' + text, 'JSON.parse'), revive);
    });
}

// ── the walls ────────────────────────────────────────────────────────────────────────────────────

const kept = new Set(['Object', 'String', 'Symbol', 'Number', 'Boolean', 'Array', 'Date', 'RegExp', 'Error',
    'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'Map', 'Set', 'WeakMap',
    'WeakSet', 'Math', 'JSON', 'undefined', 'NaN', 'Infinity', 'isNaN', 'isFinite', 'parseInt', 'parseFloat',
    'encodeURI', 'encodeURIComponent', 'decodeURI', 'decodeURIComponent']);

function forget()
{
    const generators = Object.getPrototypeOf(function* () {});
    for (const name of namesOf(global)) {
        if (!kept.has(name))
            delete global[name];
    }
    delete NativeFunction.prototype.constructor;
    delete NativeFunction.prototype.caller;
    delete NativeFunction.prototype.arguments;
    delete generators.constructor;
}

// Without the registry, which remembers, and without the symbols by which native methods can be led into
// endless loops.
function fixSymbols()
{
    const NativeSymbol = Symbol;
    function FixedSymbol(description) { return NativeSymbol(description); }
    for (const name of ['iterator', 'hasInstance', 'toPrimitive', 'toStringTag'])
        define(FixedSymbol, name, NativeSymbol[name]);
    FixedSymbol.prototype = NativeSymbol.prototype;
    define(FixedSymbol, 'name', 'Symbol');
    define(NativeSymbol.prototype, 'constructor', FixedSymbol);
    define(global, 'Symbol', FixedSymbol);
}

function freezeAll()
{
    const seen = new Set();
    function freeze(thing)
    {
        if ((typeof thing !== 'object' && typeof thing !== 'function') || thing === null || seen.has(thing))
            return;
        seen.add(thing);
        Object.freeze(thing);
        for (const key of [...namesOf(thing), ...symbolsOf(thing)]) {
            const property = describe(thing, key);
            freeze(property.value);
            freeze(property.get);
            freeze(property.set);
        }
        freeze(Object.getPrototypeOf(thing));
    }
    freeze(global);
    freeze(NativeRegExp);
    freeze(NativeDate);
    freeze(NativeArray);
    for (const hidden of [[][Symbol.iterator](), ''[Symbol.iterator](), new Map().entries(), new Set().entries(),
        function* () {}, (function* () {})(), () => {}])
        freeze(hidden);
}

fixDates();
define(Math, 'random', random);
function described(error)
{
    try {
        const known = error instanceof Error;
        return { error: checkText(known ? error.name + ': ' + error.message : '' + error), line: error.lineNumber };
    } catch (another) {
        return { error: 'what it throws cannot be shown' };
    }
}

let checkpoints = 0;

const entrances = {
    /// The function of `names` with this body; throws SyntaxError.
    compile(names, body) { return NativeFunction(names, "'use strict';" + body); },
    parse: nativeParse,
    /// The engine looks for an interrupt in loops only.
    checkpoint()
    {
        if ((++checkpoints & 63) === 0) {
            for (let i = 0; i < 2; ++i);
        }
        return false;
    },
    /// What Date and Math.random answer from now on; and the value of `now`.
    begin(now, seedA, seedB)
    {
        fixedNow = now;
        chanceA = seedA;
        chanceB = seedB;
        return new NativeDate(now);
    },
    /// What `run` answers: a scalar as it is, else { json }; { error, line } if it throws.
    call(run, ...values)
    {
        try {
            const value = apply(run, undefined, values);
            return typeof value === 'object' && value !== null ? { json: stringify(value) } : value;
        } catch (error) {
            return described(error);
        }
    },
    /// The results of steps, each fetched when it is asked for.
    steps()
    {
        function known(results, id)
        {
            if (typeof id !== 'string')
                return false;
            if (!(id in results)) {
                const text = bridge.step(id);
                if (text === undefined)
                    return false;
                results[id] = nativeParse(text);
            }
            return true;
        }
        return new NativeProxy(Object.create(null), {
            get(results, id) { return known(results, id) ? results[id] : undefined; },
            has(results, id) { return known(results, id); },
        });
    },
};
guardTexts();
guardLists();
guardJson();
fixRegExps();
fixSymbols();
forget();
freezeAll();
return entrances;
}))js";

} // namespace engine
