// A `signalbox serve` with a directory of its own, and clients of it in both of their modes.
'use strict';
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { mkdtemp, rm } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { after, before, describe } = require('node:test');

process.env.WEBSITE_HOSTNAME = 'localhost'; // else every URL would be sent to port 7071
const df = require('durable-functions');

const hub = 'TestHubName'; // nowhere else in a URL: the client replaces text
const key = 'client-key';

// What the Functions host hands to a client as its binding.
function bindingOf(url, mode) {
    const base = `${url}/runtime/webhooks/durabletask`;
    const query = `taskHub=${hub}&connection=Storage&code=${key}`;
    const create = `${base}/orchestrators/{functionName}[/{instanceId}]`;
    const instance = `${base}/instances/INSTANCEID`;
    return {
        taskHubName: hub,
        creationUrls: {
            createNewInstancePostUri: `${create}?${query}`,
            createAndWaitOnNewInstancePostUri:
                `${create}?timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}&${query}`,
        },
        managementUrls: {
            id: 'INSTANCEID',
            statusQueryGetUri: `${instance}?${query}`,
            sendEventPostUri: `${instance}/raiseEvent/{eventName}?${query}`,
            terminatePostUri: `${instance}/terminate?reason={text}&${query}`,
            rewindPostUri: `${instance}/rewind?reason={text}&${query}`,
            purgeHistoryDeleteUri: `${instance}?${query}`,
            restartPostUri: `${instance}/restart?${query}`,
            suspendPostUri: `${instance}/suspend?reason={text}&${query}`,
            resumePostUri: `${instance}/resume?reason={text}&${query}`,
        },
        baseUrl: base,
        requiredQueryStringParameters: `code=${key}`,
        ...(mode === 'rpc' ? { rpcBaseUrl: `${url}/durabletask/` } : {}),
    };
}

function clientOf(binding) {
    const input = df.input.durableClient();
    return df.getClient({ options: { extraInputs: [input] }, extraInputs: { get: () => binding } });
}

class Signalbox {
    static async open(mode) {
        const directory = await mkdtemp(path.join(tmpdir(), 'signalbox-client-'));
        const server = spawn(process.env.SIGNALBOX, ['serve', '--data', directory, '--hub', hub, '--key', key,
            '--rpc', '--allow', 'http', '--flows', path.join(__dirname, 'flows')],
            { stdio: ['ignore', 'pipe', 'inherit'] });
        const [line] = await once(server.stdout, 'data');
        return new Signalbox(server, directory, JSON.parse(line).url, mode);
    }
    constructor(server, directory, url, mode) {
        this.server = server;
        this.directory = directory;
        this.url = url;
        this.mode = mode;
        this.binding = bindingOf(url, mode);
        this.client = clientOf(this.binding);
    }
    async close() {
        this.server.kill('SIGTERM');
        if (this.server.exitCode === null)
            await once(this.server, 'exit');
        await rm(this.directory, { recursive: true });
    }
    // Plain HTTP below the prefix of webhooks.
    http(method, target, { body, headers } = {}) {
        return fetch(`${this.binding.baseUrl}/${target}`, {
            method, body, headers: { 'x-functions-key': key, 'Content-Type': 'application/json', ...headers },
        });
    }
    // The status once it is one of `wanted`.
    async reaches(id, ...wanted) {
        for (;;) {
            const status = await this.client.getStatus(id);
            if (wanted.includes(status.runtimeStatus))
                return status;
        }
    }
    async ends(id) {
        return this.reaches(id, 'Completed', 'Failed', 'Terminated', 'Canceled');
    }
}

// Runs `tests` twice, each time with a Signalbox of its own behind `box()`.
function inBothModes(tests) {
    for (const mode of ['webhook', 'rpc'])
        describe(mode, () => {
            let signalbox;
            before(async () => { signalbox = await Signalbox.open(mode); });
            after(() => signalbox.close());
            tests(() => signalbox, mode);
        });
}

module.exports = { Signalbox, hub, inBothModes, key };
