'use strict';
const assert = require('node:assert');
const { it } = require('node:test');
const { inBothModes } = require('./signalbox');

const uris = ['statusQueryGetUri', 'sendEventPostUri', 'terminatePostUri', 'rewindPostUri', 'purgeHistoryDeleteUri',
    'restartPostUri', 'suspendPostUri', 'resumePostUri'];

inBothModes((box) => {
    const call = (method, uri, body) =>
        fetch(uri, { method, body, headers: body ? { 'Content-Type': 'application/json' } : {} });

    it('makes a management payload whose every URL works', async () => {
        const { client } = box();
        await client.startNew('Waiting', { instanceId: 'managed', input: 1 });
        const payload = client.createHttpManagementPayload('managed');
        assert.deepStrictEqual(Object.keys(payload).sort(), ['id', ...uris].sort());
        assert.strictEqual(payload.id, 'managed');
        assert.strictEqual((await (await call('GET', payload.statusQueryGetUri)).json()).instanceId, 'managed');
        const reason = (uri, text) => uri.replace('{text}', text);
        assert.strictEqual((await call('POST', reason(payload.suspendPostUri, 'a'))).status, 202);
        await box().reaches('managed', 'Suspended');
        assert.strictEqual((await call('POST', reason(payload.resumePostUri, 'b'))).status, 202);
        await box().reaches('managed', 'Running');
        assert.strictEqual((await call('POST', reason(payload.rewindPostUri, 'c'))).status, 412);
        assert.strictEqual((await call('POST', payload.restartPostUri)).status, 202);
        const go = payload.sendEventPostUri.replace('{eventName}', 'Go');
        assert.strictEqual((await call('POST', go, '{"n":1}')).status, 202);
        assert.deepStrictEqual((await box().ends('managed')).output, { n: 1 });
        assert.strictEqual((await call('POST', reason(payload.terminatePostUri, 'd'))).status, 410);
        const purged = await call('DELETE', payload.purgeHistoryDeleteUri);
        assert.deepStrictEqual(await purged.json(), { instancesDeleted: 1 });
    });

    it('answers a start with URLs that all work, as the server makes them', async () => {
        const started = await box().http('POST', 'orchestrators/Waiting', { body: '1' });
        assert.strictEqual(started.status, 202);
        assert.strictEqual(started.headers.get('retry-after'), '10');
        const payload = await started.json();
        assert.deepStrictEqual(Object.keys(payload), ['id', 'statusQueryGetUri', 'sendEventPostUri', 'terminatePostUri',
            'purgeHistoryDeleteUri', 'restartPostUri', 'suspendPostUri', 'resumePostUri']);
        assert.strictEqual(started.headers.get('location'), payload.statusQueryGetUri);
        assert.strictEqual((await call('GET', payload.statusQueryGetUri)).status, 202);
        const go = payload.sendEventPostUri.replace('{eventName}', 'Go');
        assert.strictEqual((await call('POST', go, 'true')).status, 202);
        assert.strictEqual((await box().ends(payload.id)).output, true);
        assert.strictEqual((await call('DELETE', payload.purgeHistoryDeleteUri)).status, 200);
        assert.strictEqual((await call('GET', payload.statusQueryGetUri)).status, 404);
    });

    it('makes the answer to check the status by', async () => {
        const answer = box().client.createCheckStatusResponse(undefined, 'some');
        assert.strictEqual(answer.status, 202);
        assert.strictEqual(answer.headers.get('retry-after'), '10');
        const payload = await answer.json();
        assert.strictEqual(payload.id, 'some');
        assert.strictEqual(answer.headers.get('location'), payload.statusQueryGetUri);
        assert.ok(payload.statusQueryGetUri.startsWith(box().url));
        const request = { url: 'https://orders.example/api/start' };
        const outside = await box().client.createCheckStatusResponse(request, 'some').json();
        assert.ok(outside.statusQueryGetUri.startsWith('https://orders.example/runtime/webhooks/durabletask/instances/some?'));
    });

    it('waits for the output of a completed instance', async () => {
        const id = await box().client.startNew('Echo', { input: { n: 1 } });
        const answer = await box().client.waitForCompletionOrCreateCheckStatusResponse(undefined, id);
        assert.strictEqual(answer.status, 200);
        assert.deepStrictEqual(await answer.json(), { n: 1 });
    });

    it('waits for the status of a terminated one and of a failed one', async () => {
        const { client } = box();
        const ended = await client.startNew('Waiting');
        await client.terminate(ended, 'enough');
        const terminated = await client.waitForCompletionOrCreateCheckStatusResponse(undefined, ended);
        assert.strictEqual(terminated.status, 200);
        assert.strictEqual((await terminated.json()).runtimeStatus, 'Terminated');
        const broken = await client.startNew('Failing');
        const failed = await client.waitForCompletionOrCreateCheckStatusResponse(undefined, broken);
        assert.strictEqual(failed.status, 500);
        assert.strictEqual((await failed.json()).runtimeStatus, 'Failed');
    });

    it('waits no longer than it is told to', async () => {
        const id = await box().client.startNew('Waiting');
        const brief = { timeoutInMilliseconds: 2, retryIntervalInMilliseconds: 1 };
        const answer = await box().client.waitForCompletionOrCreateCheckStatusResponse(undefined, id, brief);
        assert.strictEqual(answer.status, 202);
        assert.strictEqual((await answer.json()).id, id);
    });
});
