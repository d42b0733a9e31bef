// Drives npm durable-functions against a running Signalbox: node durable_functions.js URL KEY
// Webhook mode edits the URLs of the binding and sends the key; RPC mode uses /durabletask/ alone.
'use strict';
const assert = require('node:assert');

process.env.WEBSITE_HOSTNAME = 'localhost'; // else every URL would be sent to port 7071
const df = require('durable-functions');

const [url, key] = process.argv.slice(2);
const base = `${url}/runtime/webhooks/durabletask`;
const query = `taskHub=signalbox&connection=Storage&code=${key}`;
const instance = `${base}/instances/INSTANCEID`;
const binding = {
    taskHubName: 'signalbox',
    creationUrls: {
        createNewInstancePostUri: `${base}/orchestrators/{functionName}[/{instanceId}]?${query}`,
        createAndWaitOnNewInstancePostUri:
            `${base}/orchestrators/{functionName}[/{instanceId}]?timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}&${query}`,
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
    requiredQueryStringParameters: query,
};

function clientOf(json) {
    const input = df.input.durableClient();
    return df.getClient({ options: { extraInputs: [input] }, extraInputs: { get: () => json } });
}

async function ended(client, id) {
    let status;
    do {
        status = await client.getStatus(id);
    } while (status.runtimeStatus === 'Running' || status.runtimeStatus === 'Pending');
    return status;
}

async function drive(name, client) {
    const id = await client.startNew('Waiting', { instanceId: `${name}-1`, input: { n: 1 } });
    assert.strictEqual(id, `${name}-1`);
    let status = await client.getStatus(id);
    assert.strictEqual(status.runtimeStatus, 'Running');
    assert.deepStrictEqual(status.input, { n: 1 });
    assert.ok(status.createdTime instanceof Date && !isNaN(status.createdTime));

    await client.raiseEvent(id, 'Go', { ok: true });
    status = await ended(client, id);
    assert.strictEqual(status.runtimeStatus, 'Completed');
    assert.deepStrictEqual(status.output, { ok: true });
    const withHistory = await client.getStatus(id, { showHistory: true, showHistoryOutput: true });
    const events = withHistory.history.map((event) => event.EventType);
    assert.strictEqual(events[0], 'ExecutionStarted');
    assert.strictEqual(events.at(-1), 'ExecutionCompleted');
    assert.ok(events.includes('EventRaised'));

    await client.raiseEvent(id, 'Go', 1); // 410: the client takes a finished instance for fine
    await client.terminate(id, 'too late');
    await assert.rejects(client.raiseEvent('none', 'Go', 1), /No instance with ID/);
    await assert.rejects(client.getStatus('none'));
    await assert.rejects(client.terminate('none', 'x'), /No instance with ID/);
    await assert.rejects(client.startNew('NoSuchFlow'));

    const made = await client.startNew('Waiting');
    assert.match(made, /^[0-9a-f]{32}$/);
    assert.strictEqual((await client.getStatus(made)).input, ''); // the client posts ""
    await assert.rejects(client.startNew('Waiting', { instanceId: made })); // live
    await assert.rejects(client.raiseEvent(made, 'Go')); // an empty body is no JSON
    await client.terminate(made, 'enough');
    status = await ended(client, made);
    assert.strictEqual(status.runtimeStatus, 'Terminated');
    assert.strictEqual(status.output, 'enough');

    const hasty = await client.startNew('Hasty', { instanceId: `${name}-hasty`, input: 1 });
    status = await ended(client, hasty);
    assert.strictEqual(status.runtimeStatus, 'Failed');
    await client.rewind(hasty, 'try again');
    await client.raiseEvent(hasty, 'Go', 'in time');
    status = await ended(client, hasty);
    assert.strictEqual(status.runtimeStatus, 'Completed');
    assert.strictEqual(status.output, 'in time');
    await assert.rejects(client.rewind(hasty, 'once more'), /has not failed/);
    await assert.rejects(client.rewind('none', 'x'), /no instance 'none'/);
    assert.strictEqual((await client.purgeInstanceHistory(hasty)).instancesDeleted, 1);
    assert.strictEqual((await client.purgeInstanceHistory(hasty)).instancesDeleted, 0);

    const all = await client.getStatusAll();
    assert.ok(all.some((one) => one.instanceId === id) && all.some((one) => one.instanceId === made));
    const terminated = await client.getStatusBy({ runtimeStatus: ['Terminated'] });
    assert.ok(terminated.length > 0 && terminated.every((one) => one.runtimeStatus === 'Terminated'));
    const late = await client.getStatusBy({ createdTimeFrom: new Date(Date.now() + 3_600_000) });
    assert.strictEqual(late.length, 0);
    console.log(`${name}: passed`);
}

(async () => {
    await drive('webhook', clientOf(binding));
    await drive('rpc', clientOf({ ...binding, rpcBaseUrl: `${url}/durabletask/` }));
})().catch((fault) => {
    console.error(fault);
    process.exit(1);
});
