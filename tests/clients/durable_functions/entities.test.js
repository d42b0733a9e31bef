'use strict';
const assert = require('node:assert');
const df = require('durable-functions');
const { it } = require('node:test');
const { inBothModes } = require('./signalbox');

// Signalbox has no entities: there is none to read, and none that a signal could reach.
inBothModes((box) => {
    const counter = new df.EntityId('Counter', 'one');

    it('reads an entity that does not exist', async () => {
        const answer = await box().client.readEntityState(counter);
        assert.strictEqual(answer.entityExists, false);
        assert.strictEqual(answer.entityState, undefined);
        assert.strictEqual((await box().client.readEntityState(counter, { taskHubName: 'Other' })).entityExists, false);
    });

    it('refuses a signal and says why', async () => {
        await assert.rejects(box().client.signalEntity(counter, 'add', 1),
            /400.*'Counter' doesn't exist.*No entity functions are currently registered!/);
        await assert.rejects(box().client.signalEntity(counter), /400/);
    });

    it('lists none', async () => {
        for (const target of ['entities', 'entities/', 'entities/Counter', 'entities?fetchState=true&top=5']) {
            const answer = await box().http('GET', target);
            assert.strictEqual(answer.status, 200, target);
            assert.deepStrictEqual(await answer.json(), []);
            assert.strictEqual(answer.headers.get('x-ms-continuation-token'), '');
        }
    });
});
