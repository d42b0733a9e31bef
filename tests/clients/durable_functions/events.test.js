'use strict';
const assert = require('node:assert');
const { it } = require('node:test');
const { inBothModes } = require('./signalbox');

inBothModes((box) => {
    it('takes an event while its wait is open', async () => {
        const id = await box().client.startNew('Waiting');
        await box().reaches(id, 'Running');
        await box().client.raiseEvent(id, 'Go', { ok: true });
        assert.deepStrictEqual((await box().ends(id)).output, { ok: true });
    });

    it('keeps an event that comes before its wait', async () => {
        const id = await box().client.startNew('InTurn');
        await box().client.raiseEvent(id, 'Second', 2);
        await box().client.raiseEvent(id, 'First', 1);
        assert.deepStrictEqual((await box().ends(id)).output, { first: 1, second: 2 });
    });

    it('keeps a second event that comes after its wait', async () => {
        const id = await box().client.startNew('InTurn');
        await box().client.raiseEvent(id, 'First', 1);
        await box().client.raiseEvent(id, 'First', 'again');
        assert.strictEqual((await box().client.getStatus(id)).runtimeStatus, 'Running');
        await box().client.raiseEvent(id, 'Second', 2);
        assert.deepStrictEqual((await box().ends(id)).output, { first: 1, second: 2 });
        const { history } = await box().client.getStatus(id, { showHistory: true });
        assert.deepStrictEqual(
            history.filter((event) => event.EventType === 'EventRaised').map((event) => [event.Name, event.Input]),
            [['First', '1'], ['First', '"again"'], ['Second', '2']]);
    });

    it('keeps an event that nobody will ever wait for', async () => {
        const id = await box().client.startNew('Waiting');
        await box().client.raiseEvent(id, 'NotInTheFlow', 1);
        assert.strictEqual((await box().client.getStatus(id)).runtimeStatus, 'Running');
    });

    it('keeps an event for a suspended instance', async () => {
        const id = await box().client.startNew('Waiting');
        await box().client.suspend(id, 'a moment');
        await box().reaches(id, 'Suspended');
        await box().client.raiseEvent(id, 'Go', 1);
        assert.strictEqual((await box().client.getStatus(id)).runtimeStatus, 'Suspended');
        await box().client.resume(id, 'on');
        assert.strictEqual((await box().ends(id)).output, 1);
    });

    it('hands over every kind of JSON', async () => {
        for (const data of [null, 0, false, '', 'ä€😀', [1, [2]], { a: { b: null } }]) {
            const id = await box().client.startNew('Waiting');
            await box().client.raiseEvent(id, 'Go', data);
            assert.deepStrictEqual((await box().ends(id)).output, data);
        }
    });

    it('does not know an unknown instance', async () => {
        await assert.rejects(box().client.raiseEvent('none', 'Go', 1), /No instance with ID 'none' found/);
    });

    it('drops what is for a finished instance: the client takes 410 for fine', async () => {
        const id = await box().client.startNew('Echo', { input: 1 });
        await box().ends(id);
        await box().client.raiseEvent(id, 'Go', 1);
        const { history } = await box().client.getStatus(id, { showHistory: true });
        assert.ok(!history.some((event) => event.EventType === 'EventRaised'));
    });

    it('refuses an event without data: the client posts an empty body', async () => {
        const id = await box().client.startNew('Waiting');
        await assert.rejects(box().client.raiseEvent(id, 'Go'), /400.*Invalid JSON content/);
        assert.strictEqual((await box().client.getStatus(id)).runtimeStatus, 'Running');
    });

    it('finds nothing in another hub', async () => {
        const id = await box().client.startNew('Waiting');
        await assert.rejects(box().client.raiseEvent(id, 'Go', 1, { taskHubName: 'Other' }), /No instance with ID/);
        await assert.rejects(box().client.raiseEvent(id, 'Go', 1, { connectionName: 'Other' }), /No instance with ID/);
        await box().client.raiseEvent(id, 'Go', 1, { taskHubName: 'TestHubName' });
        assert.strictEqual((await box().ends(id)).output, 1);
    });
});
