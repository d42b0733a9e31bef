'use strict';
const assert = require('node:assert');
const { it } = require('node:test');
const { inBothModes } = require('./signalbox');

inBothModes((box) => {
    it('terminates a live instance; the reason is its output', async () => {
        const id = await box().client.startNew('Waiting');
        await box().client.terminate(id, 'no longer needed');
        const status = await box().ends(id);
        assert.strictEqual(status.runtimeStatus, 'Terminated');
        assert.strictEqual(status.output, 'no longer needed');
        const { history } = await box().client.getStatus(id, { showHistory: true, showHistoryOutput: true });
        const [terminated, completed] = history.slice(-2);
        assert.strictEqual(terminated.EventType, 'ExecutionTerminated');
        assert.strictEqual(terminated.Input, 'no longer needed');
        assert.strictEqual(completed.EventType, 'ExecutionCompleted');
        assert.strictEqual(completed.OrchestrationStatus, 'Terminated');
    });

    it('terminates without a reason: the client sends the word undefined', async () => {
        const id = await box().client.startNew('Waiting');
        await box().client.terminate(id);
        assert.strictEqual((await box().ends(id)).output, 'undefined');
    });

    it('terminates with a reason that the client cuts', async () => {
        const id = await box().client.startNew('Waiting');
        await box().client.terminate(id, 'salt & pepper');
        assert.strictEqual((await box().ends(id)).output.trimEnd(), 'salt');
    });

    it('suspends, resumes, and terminates what is suspended', async () => {
        const { client } = box();
        const id = await client.startNew('Waiting');
        await client.suspend(id, 'audit');
        assert.strictEqual((await box().reaches(id, 'Suspended')).output, null);
        await client.resume(id, 'done');
        await box().reaches(id, 'Running');
        await client.suspend(id, 'again');
        await box().reaches(id, 'Suspended');
        await client.terminate(id, 'enough');
        assert.strictEqual((await box().ends(id)).runtimeStatus, 'Terminated');
        const { history } = await client.getStatus(id, { showHistory: true });
        const reasons = history.filter((event) => 'Reason' in event);
        assert.deepStrictEqual(reasons.map((event) => [event.EventType, event.Reason]),
            [['ExecutionSuspended', 'audit'], ['ExecutionResumed', 'done'], ['ExecutionSuspended', 'again']]);
    });

    it('refuses with 500 to suspend twice and to resume what runs', async () => {
        const id = await box().client.startNew('Waiting');
        await assert.rejects(box().client.resume(id, 'why'), /500.*Something went wrong/);
        await box().client.suspend(id, 'once');
        await box().reaches(id, 'Suspended');
        await assert.rejects(box().client.suspend(id, 'twice'), /500.*Something went wrong/);
    });

    it('does not know unknown instances', async () => {
        for (const operation of ['terminate', 'suspend', 'resume'])
            await assert.rejects(box().client[operation]('none', 'x'), /No instance with ID 'none' found/);
    });

    it('leaves finished instances alone: the client takes 410 for fine', async () => {
        const id = await box().client.startNew('Echo', { input: 1 });
        await box().ends(id);
        for (const operation of ['terminate', 'suspend', 'resume'])
            await box().client[operation](id, 'too late');
        const status = await box().client.getStatus(id);
        assert.strictEqual(status.runtimeStatus, 'Completed');
        assert.strictEqual(status.output, 1);
    });
});
