#pragma once

#include "engine/rest/rest_server.h"
#include "tests/engine/rest/fake_door.h"
#include "tests/engine/rest/http_client.h"

#include <memory>
#include <stdexcept>

namespace tests {

/// A REST port with a fake door behind it.
struct RestFixture {
    explicit RestFixture(engine::RestOptions options = {})
    {
        options.key = "secret";
        auto opened = engine::RestServer::open(std::move(options), door.door());
        if (!opened)
            throw std::runtime_error(opened.error().message);
        server = *std::move(opened);
    }

    quint16 port() const { return server->port(); }
    QByteArray base() const { return "http://127.0.0.1:" + QByteArray::number(port()); }
    /// With the key, on a connection of its own.
    HttpAnswer call(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
        const QByteArray &headers = {}) const
    {
        return HttpClient(port()).call(
            method, target, body, "x-functions-key: secret\r\n" + headers);
    }

    FakeDoor door;
    std::unique_ptr<engine::RestServer> server;
};

} // namespace tests
