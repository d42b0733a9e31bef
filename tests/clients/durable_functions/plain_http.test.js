// What the client has no calls for: restart, waiting on the server, prefix and `top`.
'use strict';
const assert = require('node:assert');
const { after, before, it } = require('node:test');
const { Signalbox } = require('./signalbox');

let box;
before(async () => { box = await Signalbox.open('webhook'); });
after(() => box.close());

const post = async (target, body) => {
    const answer = await box.http('POST', target, { body });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? text : JSON.parse(text) };
};

it('restarts under a new id by default', async () => {
    await post('orchestrators/Echo/first', '{"n":1}');
    await box.ends('first');
    for (const query of ['', '?restartWithNewInstanceId=true', '?restartWithNewInstanceId=maybe']) {
        const answer = await post(`instances/first/restart${query}`);
        assert.strictEqual(answer.status, 202);
        assert.match(answer.body.id, /^[0-9a-f]{32}$/);
        assert.strictEqual(answer.headers.get('location'), answer.body.statusQueryGetUri);
        const status = await box.ends(answer.body.id);
        assert.strictEqual(status.name, 'Echo');
        assert.deepStrictEqual(status.output, { n: 1 });
    }
});

it('restarts under the same id', async () => {
    await post('orchestrators/Echo/same', '1');
    const before = await box.ends('same');
    const answer = await post('instances/same/restart?restartWithNewInstanceId=FALSE');
    assert.strictEqual(answer.status, 202);
    assert.strictEqual(answer.body.id, 'same');
    assert.ok((await box.ends('same')).createdTime >= before.createdTime);
});

it('restarts what is live only under a new id', async () => {
    await post('orchestrators/Waiting/live', '1');
    await box.reaches('live', 'Running');
    const refused = await post('instances/live/restart?restartWithNewInstanceId=false');
    assert.strictEqual(refused.status, 409);
    assert.strictEqual(refused.body.Message, 'An Orchestration instance with the status Running already exists.');
    const answer = await post('instances/live/restart');
    assert.strictEqual(answer.status, 202);
    assert.strictEqual((await box.reaches(answer.body.id, 'Running')).input, 1);
});

it('answers 400 to the restart of an unknown instance', async () => {
    const answer = await post('instances/none/restart');
    assert.strictEqual(answer.status, 400);
    assert.strictEqual(answer.body.Message, 'InstanceId does not match a valid orchestration instance.');
});

it('waits for the output when it starts and when it restarts', async () => {
    const wait = 'timeout=600&pollingInterval=0.01';
    const started = await post(`orchestrators/Echo/waited?${wait}`, '{"n":[1]}');
    assert.strictEqual(started.status, 200);
    assert.deepStrictEqual(started.body, { n: [1] });
    const restarted = await post(`instances/waited/restart?${wait}`);
    assert.strictEqual(restarted.status, 200);
    assert.deepStrictEqual(restarted.body, { n: [1] });
});

it('waits for a failed and a terminated instance: the status, never 500', async () => {
    const failed = await post(
        'orchestrators/Failing?timeout=600&pollingInterval=0.01&returnInternalServerErrorOnFailure=true', '1');
    assert.strictEqual(failed.status, 200);
    assert.strictEqual(failed.body.runtimeStatus, 'Failed');
    const waiting = post('orchestrators/Waiting/ending?timeout=600&pollingInterval=0.01', '1');
    let status;
    do {
        status = (await box.http('POST', 'instances/ending/terminate?reason=enough')).status;
    } while (status === 404);
    assert.strictEqual(status, 202);
    const terminated = await waiting;
    assert.strictEqual(terminated.status, 200);
    assert.strictEqual(terminated.body.runtimeStatus, 'Terminated');
    assert.strictEqual(terminated.body.output, 'enough');
});

it('waits no longer than it is told to', async () => {
    const answer = await post('orchestrators/Waiting/late?timeout=0.02&pollingInterval=0.01', '1');
    assert.strictEqual(answer.status, 202);
    assert.strictEqual(answer.body.id, 'late');
    assert.strictEqual(answer.headers.get('retry-after'), '10');
});

it('starts before it refuses an interval beyond the timeout', async () => {
    const answer = await post('orchestrators/Waiting/odd?timeout=1&pollingInterval=2', '1');
    assert.strictEqual(answer.status, 400);
    assert.strictEqual(answer.body.Message, 'One or more of the arguments submitted is incorrect');
    assert.strictEqual((await box.reaches('odd', 'Running')).instanceId, 'odd');
});

// Every page of a list, as a client follows them.
async function pagesOf(query, between = async () => {}) {
    const pages = [];
    let token = '';
    do {
        const answer = await box.http('GET', `instances?${query}`,
            { headers: token ? { 'x-ms-continuation-token': token } : {} });
        assert.strictEqual(answer.status, 200);
        pages.push((await answer.json()).map((one) => one.instanceId));
        token = answer.headers.get('x-ms-continuation-token');
        await between(pages.length);
    } while (token);
    return pages;
}

it('lists by prefix and `top`', async () => {
    for (let i = 0; i < 10; ++i)
        await post(`orchestrators/Waiting/Shelf-${i}`, '1');
    await post('orchestrators/Waiting/shelf-lower', '1');
    await post('orchestrators/Waiting/Shel', '1');
    const all = Array.from({ length: 10 }, (_, i) => `Shelf-${i}`);
    const pages = await pagesOf('instanceIdPrefix=Shelf-&top=4');
    assert.ok(pages.length >= 3 && pages.every((page) => page.length <= 4));
    assert.deepStrictEqual(pages.flat().sort(), all);
    assert.deepStrictEqual((await pagesOf('instanceIdPrefix=Shelf-&top=10')).flat().sort(), all);
    assert.deepStrictEqual((await pagesOf('instanceIdPrefix=Nothing')).flat(), []);
    assert.deepStrictEqual((await pagesOf('instanceIdPrefix=%25helf')).flat(), []); // no pattern
    assert.deepStrictEqual((await pagesOf('instanceIdPrefix=Shel_')).flat(), []);
});

it('goes on from its token while instances come and go', async () => {
    const stay = [];
    for (let i = 0; i < 12; ++i) {
        await post(`orchestrators/Waiting/Flux-${i}`, '1');
        if (i % 3 !== 0)
            stay.push(`Flux-${i}`);
    }
    const pages = await pagesOf('instanceIdPrefix=Flux-&top=2', async (page) => {
        // One that is there from the beginning goes for good, another comes.
        const id = `Flux-${((page - 1) * 3) % 12}`;
        await post(`instances/${id}/terminate?reason=gone`);
        if (await box.client.getStatus(id).catch(() => null)) {
            await box.ends(id);
            await box.http('DELETE', `instances/${id}`);
        }
        if (page <= 4)
            await post(`orchestrators/Waiting/Flux-new-${page}`, '1');
    });
    const seen = pages.flat();
    assert.strictEqual(new Set(seen).size, seen.length, 'nothing twice');
    for (const id of stay)
        assert.ok(seen.includes(id), `${id} was there all the time`);
});

it('refuses a token that is none', async () => {
    const answer = await box.http('GET', 'instances', { headers: { 'x-ms-continuation-token': 'nonsense' } });
    assert.strictEqual(answer.status, 400);
    assert.strictEqual((await answer.json()).Message, 'One or more of the arguments submitted is incorrect');
});
