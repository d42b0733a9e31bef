#!/usr/bin/env node
// A worker: it does the steps of LabelPrinting that are named print-label. Node 20, nothing else.
//
//     SIGNALBOX_KEY=KEY resources/examples/workers/print_label.mjs URL [--printer FILE] [--lease SECONDS]
//
// It writes the lines of each label to FILE (standard output if there is none, a device, a pipe) and says on standard
// error what it does. It may be killed at any moment: when its lease has run out, whoever asks next gets the work.
import { appendFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const { values, positionals: [url] } = parseArgs({
    allowPositionals: true,
    options: {
        printer: { type: 'string', default: '/dev/stdout' },
        lease: { type: 'string', default: '30' }, // seconds that work is ours at a time
    },
});
const key = process.env.SIGNALBOX_KEY;
if (!url || !key) {
    console.error('print_label: give the URL of Signalbox, and its key in SIGNALBOX_KEY;'
        + " the key stands in the file 'key' of the data directory");
    process.exit(2);
}
const board = `${url.replace(/\/+$/, '')}/api/v1/work/print-label`;
const say = (...words) => console.error(...words);

// The answer, once there is one: a Signalbox that starts again keeps its leases.
async function call(path, body) {
    const request = {
        method: 'POST',
        body: body === undefined ? undefined : JSON.stringify(body),
        headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    };
    for (;;) {
        try {
            const answer = await fetch(board + path, request);
            if (answer.status !== 503)
                return { status: answer.status, text: await answer.text() };
        } catch (fault) {
            say('no answer, asks again:', fault.cause?.message ?? fault.message);
        }
        await pause(1000);
    }
}

async function fetchWork() {
    const { status, text } = await call(`?wait=30&lease=${values.lease}&most=1`);
    if (status === 200)
        return JSON.parse(text).work;
    say(`print_label: Signalbox answers ${status}: ${text}`);
    return process.exit(1);
}

// Prolongs the lease until it is stopped, or until the lease is no longer good.
function heartbeat(work) {
    const timer = setInterval(async () => {
        const { status, text } = await call(`/${work.lease}/heartbeat?lease=${values.lease}`);
        if (status === 200)
            say('has', work.key, 'until', JSON.parse(text).until);
        else
            clearInterval(timer);
    }, Number(values.lease) * 1000 / 3);
    return () => clearInterval(timer);
}

class BadAddress extends Error {}

async function printLabel(work) {
    const { lines } = work.input;
    if (!lines.some((line) => line.trim()))
        throw new BadAddress('the address is empty');
    // The key is the same in every attempt, so a label that was printed twice has one number.
    const tracking = `SB-${work.key.replaceAll('/', '-')}`;
    await appendFile(values.printer, `${[tracking, ...lines].join('\n')}\n\n`);
    return { tracking };
}

async function report(work) {
    try {
        const result = await printLabel(work);
        return await call(`/${work.lease}/complete`, result);
    } catch (fault) {
        const retriable = !(fault instanceof BadAddress);
        return call(`/${work.lease}/fail`, { message: fault.message, type: 'NotPrinted', retriable });
    }
}

for (;;) {
    for (const work of await fetchWork()) {
        say('prints', work.key, 'attempt', work.attempt);
        const stop = heartbeat(work);
        const { status, text } = await report(work);
        stop();
        // 409: the lease ran out and somebody else has the work, or has done it. 410: nobody wants it any more.
        say(status === 202 ? 'done' : 'dropped', work.key, status === 202 ? '' : `${status}: ${text}`);
    }
}
