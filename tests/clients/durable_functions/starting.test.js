'use strict';
const assert = require('node:assert');
const { it } = require('node:test');
const { inBothModes } = require('./signalbox');

inBothModes((box) => {
    it('starts with an id and an input', async () => {
        const { client } = box();
        assert.strictEqual(await client.startNew('Echo', { instanceId: 'own', input: { n: 1.5 } }), 'own');
        const status = await box().ends('own');
        assert.deepStrictEqual(status.input, { n: 1.5 });
        assert.deepStrictEqual(status.output, { n: 1.5 });
        assert.strictEqual(status.name, 'Echo');
    });

    it('starts without an id: 32 lower-case hexadecimal digits', async () => {
        const one = await box().client.startNew('Echo', { input: null });
        const other = await box().client.startNew('Echo', { input: null });
        assert.match(one, /^[0-9a-f]{32}$/);
        assert.notStrictEqual(one, other);
        assert.strictEqual((await box().ends(one)).input, null);
    });

    it('starts without an input: the client posts an empty string', async () => {
        const id = await box().client.startNew('Echo');
        const status = await box().ends(id);
        assert.strictEqual(status.input, '');
        assert.strictEqual(status.output, '');
    });

    it('starts with every kind of JSON', async () => {
        for (const input of [0, false, 'text', '', [1, [2]], { a: { b: null } }, 'ä€😀', 12345678901234567890]) {
            const id = await box().client.startNew('Echo', { input });
            assert.deepStrictEqual((await box().ends(id)).output, input);
        }
    });

    it('starts a version that it names', async () => {
        const id = await box().client.startNew('Echo', { version: '1', input: 1 });
        await box().ends(id);
        await assert.rejects(box().client.startNew('Echo', { version: '99' }), /400/);
        await assert.rejects(box().client.startNew('Echo', { version: '1.0' }), /400.*whole number/);
    });

    it('names the flows when there is none of this name', async () => {
        await assert.rejects(box().client.startNew('NoSuchFlow'),
            /400.*'NoSuchFlow' doesn't exist.*known orchestrator functions: .*'Echo'/);
    });

    it('refuses the id of a live instance and replaces a finished one', async () => {
        const { client } = box();
        await client.startNew('Waiting', { instanceId: 'twice', input: 1 });
        await box().reaches('twice', 'Running');
        await assert.rejects(client.startNew('Waiting', { instanceId: 'twice', input: 2 }),
            /409.*An Orchestration instance with the status Running already exists/);
        await client.suspend('twice', 'a moment');
        await assert.rejects(client.startNew('Waiting', { instanceId: 'twice', input: 2 }),
            /409.*with the status Suspended already exists/);
        await client.terminate('twice', 'enough');
        await box().ends('twice');
        assert.strictEqual(await client.startNew('Waiting', { instanceId: 'twice', input: 3 }), 'twice');
        const status = await box().reaches('twice', 'Running');
        assert.strictEqual(status.input, 3);
        assert.strictEqual(status.output, null);
        const { history } = await client.getStatus('twice', { showHistory: true });
        assert.strictEqual(history.filter((event) => event.EventType === 'ExecutionStarted').length, 1);
        assert.ok(!history.some((event) => event.EventType === 'ExecutionTerminated'));
    });

    it('refuses ids that are none', async () => {
        const { client } = box();
        await assert.rejects(client.startNew('Echo', { instanceId: '@counter@7' }), /400/);
        await assert.rejects(client.startNew('Echo', { instanceId: 'x'.repeat(257) }), /400/);
        await assert.rejects(client.startNew('Echo', { instanceId: 'a%23b' }), /400/);
        await assert.rejects(client.startNew('Echo', { instanceId: 'a%5Cb' }), /400/);
        await assert.rejects(client.startNew('Echo', { instanceId: 'a%01b' }), /400/);
        await assert.rejects(client.startNew('Echo', { instanceId: 'a/b' }), /404/); // no such route
        assert.strictEqual(await client.startNew('Echo', { instanceId: 'x'.repeat(256) }), 'x'.repeat(256));
    });

    it('takes an id with a space as the client sends it', async () => {
        await box().client.startNew('Echo', { instanceId: 'a b', input: 1 });
        assert.strictEqual((await box().ends('a b')).instanceId, 'a b');
    });

    it('cuts an id at what the client does not escape', async () => {
        // Its URL ends at #, and its query begins at ?: nothing that a server can mend.
        const id = await box().client.startNew('Echo', { instanceId: 'cut?b', input: 1 });
        assert.strictEqual(id, 'cut');
    });
});
