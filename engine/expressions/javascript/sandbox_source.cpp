#include "engine/expressions/javascript/sandbox_source.h"

namespace engine {

// A function of (global, bridge) that replaces what could run away, forgets what could reach out,
// freezes the rest, and answers the entrances that C++ calls. `bridge` stays in here.
//
// The watchdog stops loops of interpreted code, but never a native call. So each native loop that a
// script could feed with an endless length is capped or written here as a loop that can be
// interrupted.
const char *const sandboxBegin = R"js((function (global, bridge) {
'use strict';

const longestText = 2 * 1024 * 1024;   // UTF-16 units
const longestList = 1000000;           // elements
const longestPattern = 2000;
const largestResult = 1024 * 1024;
const mostNodes = 500000;

const NativeFunction = Function, NativeDate = Date, NativeRegExp = RegExp, NativeProxy = Proxy;
const NativeArray = Array, nativeParse = JSON.parse, nativeStringify = JSON.stringify;
const isArray = Array.isArray, isExtensible = Object.isExtensible;
const describe = Object.getOwnPropertyDescriptor;
const namesOf = Object.getOwnPropertyNames, symbolsOf = Object.getOwnPropertySymbols;
const remove = Reflect.deleteProperty;
const bindCall = Function.prototype.call;
const uncurry = native => bindCall.bind(native);
const apply = uncurry(Function.prototype.apply);
const isOwn = uncurry(Object.prototype.hasOwnProperty);

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
    remove(dates, 'getYear');
    remove(dates, 'setYear');
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

)js";

const char *const sandboxEnd = R"js(// ── lists ────────────────────────────────────────────────────────────────────────────────────────

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
// does not stop.
function boundedReplacer(replacer)
{
    let nodes = 0, size = 0;
    return function (key, value) {
        const written = typeof replacer === 'function' ? replacer.call(this, key, value) : value;
        size += key.length + (typeof written === 'string' ? written.length : 1);
        if (++nodes > mostNodes || size > largestResult)
            throw new RangeError('The value is larger than 1 MiB as JSON');
        // The native walk of a list does not even stop for an exception.
        if (isArray(written) && written.length > mostNodes)
            throw new RangeError('The value has a list longer than ' + mostNodes);
        return written;
    };
}

function picked(value, keys)
{
    if (isArray(value))
        return value.map(element => picked(element, keys));
    if (typeof value !== 'object' || value === null)
        return value;
    const some = Object.create(null);
    for (const key of keys) {
        if (isOwn(value, key))
            some[key] = picked(value[key], keys);
    }
    return some;
}

function stringify(value, replacer, space)
{
    if (!isArray(replacer))
        return nativeStringify(value, boundedReplacer(replacer), space);
    // The native walk tells a replacer nothing of the object around a value, so it could not tell a
    // member, which is picked by its key, from an element.
    const whole = nativeStringify(value, boundedReplacer());
    return whole === undefined ? undefined
        : nativeStringify(picked(nativeParse(whole), new Set(replacer.map(key => '' + key))), null, space);
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
            remove(global, name);
    }
    remove(NativeFunction.prototype, 'constructor');
    remove(NativeFunction.prototype, 'caller');
    remove(NativeFunction.prototype, 'arguments');
    remove(generators, 'constructor');
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
