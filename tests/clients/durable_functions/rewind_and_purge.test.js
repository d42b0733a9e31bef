'use strict';
const assert = require('node:assert');
const { once } = require('node:events');
const http = require('node:http');
const { after, before, it } = require('node:test');
const { inBothModes } = require('./signalbox');

const day = 86_400_000;

inBothModes((box) => {
    // A shop that does not ship until it is told to.
    const shop = { calls: [], ships: false };
    before(async () => {
        shop.server = http.createServer((request, response) => {
            shop.calls.push(request.url);
            const fails = request.url === '/ship' && !shop.ships;
            response.writeHead(fails ? 500 : 200, { 'Content-Type': 'application/json' });
            response.end(JSON.stringify(request.url.slice(1)));
        }).listen(0, '127.0.0.1');
        await once(shop.server, 'listening');
    });
    after(() => shop.server.close());

    it('rewinds a failed instance: what succeeded is not repeated', async () => {
        const { client } = box();
        const input = { shop: `http://127.0.0.1:${shop.server.address().port}` };
        await client.startNew('Buying', { instanceId: 'order', input });
        const failed = await box().ends('order');
        assert.strictEqual(failed.runtimeStatus, 'Failed');
        assert.deepStrictEqual(shop.calls, ['/pay', '/ship']);
        shop.ships = true;
        await client.rewind('order', 'the van is back');
        const status = await box().reaches('order', 'Completed');
        assert.strictEqual(status.output, 'ship');
        assert.deepStrictEqual(shop.calls, ['/pay', '/ship', '/ship']);
        assert.deepStrictEqual(status.input, input);
        assert.deepStrictEqual(status.createdTime, failed.createdTime);
        const { history } = await client.getStatus('order', { showHistory: true });
        assert.strictEqual(history.find((event) => event.EventType === 'ExecutionRewound').Reason, 'the van is back');
    });

    it('refuses to rewind what has not failed, with the text of the server', async () => {
        const { client } = box();
        await assert.rejects(client.rewind('order', 'once more'), { message: /order.*has not failed/ });
        const id = await client.startNew('Waiting');
        await assert.rejects(client.rewind(id, 'too early'), { message: /has not failed/ });
        await assert.rejects(client.rewind('none', 'x'), { message: /no instance 'none'/ });
    });

    it('purges a finished instance by its id', async () => {
        const { client } = box();
        const id = await client.startNew('Echo', { input: 1 });
        await box().ends(id);
        assert.strictEqual((await client.purgeInstanceHistory(id)).instancesDeleted, 1);
        await assert.rejects(client.getStatus(id), /404/);
        assert.strictEqual((await client.purgeInstanceHistory(id)).instancesDeleted, 0);
    });

    it('never purges a live one', async () => {
        const { client } = box();
        const id = await client.startNew('Waiting');
        await box().reaches(id, 'Running');
        await assert.rejects(client.purgeInstanceHistory(id), /412/);
        await client.purgeInstanceHistoryBy({ createdTimeFrom: new Date(0), runtimeStatus: ['Running'] });
        await client.purgeInstanceHistoryBy({ createdTimeFrom: new Date(0), runtimeStatus: ['Pending', 'Failed'] });
        assert.strictEqual((await client.getStatus(id)).runtimeStatus, 'Running');
    });

    it('purges by a filter', async () => {
        const { client } = box();
        await client.purgeInstanceHistoryBy({ createdTimeFrom: new Date(0) });
        const done = [];
        for (let i = 0; i < 3; ++i)
            done.push(await client.startNew('Echo', { input: i }));
        const failed = await client.startNew('Failing');
        const live = await client.startNew('Waiting');
        for (const id of [...done, failed])
            await box().ends(id);
        const purge = async (filter) => (await client.purgeInstanceHistoryBy(filter)).instancesDeleted;
        assert.strictEqual(await purge({ createdTimeFrom: new Date(Date.now() + day) }), 0);
        assert.strictEqual(await purge({ createdTimeFrom: new Date(0), createdTimeTo: new Date(Date.now() - day) }), 0);
        assert.strictEqual(await purge({ createdTimeFrom: new Date(0), runtimeStatus: ['Terminated'] }), 0);
        assert.strictEqual(await purge({ createdTimeFrom: new Date(0), runtimeStatus: ['Failed', 'Running'] }), 1);
        assert.strictEqual(await purge({ createdTimeFrom: new Date(0), createdTimeTo: new Date(Date.now() + day) }), 3);
        const left = (await client.getStatusAll()).map((one) => one.instanceId);
        assert.ok(left.includes(live) && !left.includes(failed) && !done.some((id) => left.includes(id)));
    });

    it('purges nothing without a beginning', async () => {
        const answer = await box().http('DELETE', 'instances?runtimeStatus=Completed');
        assert.strictEqual(answer.status, 400);
        assert.strictEqual(await answer.json(), "Please provide value for 'createdTimeFrom' parameter.");
    });
});
