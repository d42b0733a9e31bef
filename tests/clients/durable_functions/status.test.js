'use strict';
const assert = require('node:assert');
const { before, it } = require('node:test');
const { inBothModes } = require('./signalbox');

inBothModes((box, mode) => {
    before(async () => {
        await box().client.startNew('Waiting', { instanceId: 'live', input: { n: 1 } });
        await box().client.startNew('Waiting', { instanceId: 'done', input: [1] });
        await box().client.raiseEvent('done', 'Go', { ok: true });
        await box().ends('done');
    });

    it('is the status of a live instance', async () => {
        const status = await box().reaches('live', 'Running');
        assert.strictEqual(status.name, 'Waiting');
        assert.strictEqual(status.instanceId, 'live');
        assert.deepStrictEqual(status.input, { n: 1 });
        assert.strictEqual(status.output, null);
        assert.strictEqual(status.customStatus, null);
        for (const time of [status.createdTime, status.lastUpdatedTime])
            assert.ok(time instanceof Date && time.getTime() % 1000 === 0, `${time}`);
        assert.strictEqual(status.history, undefined);
    });

    it('is the status of a finished one', async () => {
        const status = await box().client.getStatus('done');
        assert.strictEqual(status.runtimeStatus, 'Completed');
        assert.deepStrictEqual(status.output, { ok: true });
    });

    it('has the history, also under the name that the client reads', async () => {
        const events = (await box().client.getStatus('done', { showHistory: true })).history;
        assert.deepStrictEqual(events.map((event) => event.EventType),
            ['ExecutionStarted', 'EventRaised', 'ExecutionCompleted']);
        assert.strictEqual(events[0].Input, '[1]');
        assert.strictEqual(events[1].Name, 'Go');
        assert.strictEqual(events[1].Input, '{"ok":true}');
        assert.strictEqual(events[2].OrchestrationStatus, 'Completed');
        assert.ok(!('Result' in events[2]));
        const withOutput = await box().client.getStatus('done', { showHistory: true, showHistoryOutput: true });
        assert.deepStrictEqual(withOutput.history[2].Result, { ok: true });
    });

    it('leaves the input out where the client says so', async () => {
        // In RPC mode the client never sends showInput=false.
        const status = await box().client.getStatus('live', { showInput: false });
        assert.deepStrictEqual(status.input, mode === 'rpc' ? { n: 1 } : null);
    });

    it('does not know an unknown instance', async () => {
        await assert.rejects(box().client.getStatus('none'), /404.*could not find any data.*none/);
    });

    it('finds nothing in another hub or storage', async () => {
        await assert.rejects(box().client.getStatus('live', { taskHubName: 'Other' }), /404/);
        await assert.rejects(box().client.getStatus('live', { connectionName: 'Other' }), /404/);
        assert.strictEqual((await box().client.getStatus('live', { taskHubName: 'TestHubName' })).instanceId, 'live');
    });

    it('is the status of a failed one: 200', async () => {
        const id = await box().client.startNew('Failing');
        const status = await box().ends(id);
        assert.strictEqual(status.runtimeStatus, 'Failed');
        assert.match(JSON.stringify(status.output), /There is nothing left/);
    });
});
