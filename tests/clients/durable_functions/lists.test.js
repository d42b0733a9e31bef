'use strict';
const assert = require('node:assert');
const { before, it } = require('node:test');
const { inBothModes } = require('./signalbox');

const count = 300;
const ids = Array.from({ length: count }, (_, i) => `many-${String(i).padStart(3, '0')}`);
const sorted = (list) => list.map((one) => one.instanceId).sort();

inBothModes((box) => {
    before(async () => {
        for (let i = 0; i < count; i += 20)
            await Promise.all(ids.slice(i, i + 20).map(
                (instanceId, k) => box().client.startNew(k % 2 ? 'Waiting' : 'Echo', { instanceId, input: i + k })));
        for (const id of ids.filter((_, i) => i % 2 === 0))
            await box().ends(id);
        await box().client.terminate('many-001', 'one of them');
        await box().ends('many-001');
    });

    it('lists all 300 over pages of 100', async () => {
        const all = await box().client.getStatusAll();
        assert.deepStrictEqual(sorted(all), ids);
        assert.strictEqual(all.find((one) => one.instanceId === 'many-042').input, 42);
        const page = await box().http('GET', 'instances');
        assert.strictEqual((await page.json()).length, 100);
        assert.notStrictEqual(page.headers.get('x-ms-continuation-token'), '');
    });

    it('filters by one status and by several', async () => {
        const { client } = box();
        const even = ids.filter((_, i) => i % 2 === 0);
        const odd = ids.filter((_, i) => i % 2 === 1 && i !== 1);
        assert.deepStrictEqual(sorted(await client.getStatusBy({ runtimeStatus: ['Completed'] })), even);
        assert.deepStrictEqual(sorted(await client.getStatusBy({ runtimeStatus: ['Running', 'Pending'] })), odd);
        assert.deepStrictEqual(sorted(await client.getStatusBy({ runtimeStatus: ['Terminated'] })), ['many-001']);
        assert.deepStrictEqual(
            sorted(await client.getStatusBy({ runtimeStatus: ['Running', 'Terminated', 'Completed'] })), ids);
        assert.deepStrictEqual(await client.getStatusBy({ runtimeStatus: ['Canceled'] }), []);
        assert.deepStrictEqual(await client.getStatusBy({ runtimeStatus: ['ContinuedAsNew'] }), []);
        assert.deepStrictEqual(await client.getStatusBy({ runtimeStatus: ['Failed', 'Suspended'] }), []);
    });

    it('filters by the time of creation, with the full precision', async () => {
        const { client } = box();
        const day = 86_400_000;
        assert.strictEqual((await client.getStatusBy({ createdTimeFrom: new Date(Date.now() - day) })).length, count);
        assert.strictEqual((await client.getStatusBy({ createdTimeFrom: new Date(Date.now() + day) })).length, 0);
        assert.strictEqual((await client.getStatusBy({ createdTimeTo: new Date(Date.now() - day) })).length, 0);
        assert.strictEqual((await client.getStatusBy({ createdTimeTo: new Date(Date.now() + day),
            createdTimeFrom: new Date(Date.now() - day), runtimeStatus: ['Terminated'] })).length, 1);
        // The instant of one of them, which its status rounds, is in its history.
        const { history } = await client.getStatus('many-150', { showHistory: true });
        const at = new Date(history[0].Timestamp);
        const before = await client.getStatusBy({ createdTimeTo: at });
        const behind = await client.getStatusBy({ createdTimeFrom: at });
        assert.ok(before.length < count && behind.length < count);
        assert.ok(before.length + behind.length >= count);
        assert.ok([before, behind].every((list) => sorted(list).includes('many-150')));
    });
});
