#pragma once

#include "engine/engine.h"
#include "engine/rest/rest_server.h"
#include "tests/engine/rest/http_client.h"
#include "tests/support/patient_expressions.h"

#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <memory>
#include <string>

namespace tests {

/// The whole engine on a directory of its own, with its REST port.
class EngineOverRest
{
public:
    explicit EngineOverRest(engine::RestOptions options = {})
        : m_options(std::move(options))
    {
        m_options.key = "secret";
        open();
    }

    engine::Engine &engine() { return *m_engine; }
    /// Activities may tell others an address of this port.
    void listensForCallbacks() { m_engine->callBackThrough(m_server->callbackUrls()); }
    quint16 port() const { return m_server->port(); }
    std::string directory() const { return m_directory.path().toStdString(); }

    /// A request with the key of everything.
    HttpAnswer call(const QByteArray &method, const QByteArray &path, const QByteArray &body = {},
        const QByteArray &headers = {})
    {
        return HttpClient(port()).call(method, path, body, "x-functions-key: secret\r\n" + headers);
    }
    /// Its body, which must be JSON.
    nlohmann::json get(const QByteArray &path)
    {
        return nlohmann::json::parse(call("GET", path).body.toStdString());
    }

    /// Whether a flow was taken, and allowed what it asks for.
    bool deploys(const std::string &flow)
    {
        const auto deployed = m_engine->deploy({flow, true, window()}).result();
        return deployed && deployed->version > 0;
    }
    bool starts(const std::string &flow, const std::string &id, const engine::JsonText &input = {})
    {
        return bool(m_engine
                        ->start({.flow = {flow}, .instance = {id}, .input = input, .source = window()})
                        .result());
    }
    engine::InstanceSummary find(const std::string &id)
    {
        const auto found = m_engine->find({id}).result();
        return found ? *found : engine::InstanceSummary{};
    }

    void restart()
    {
        close();
        open();
    }
    void close()
    {
        m_server.reset();
        m_engine.reset();
    }

    static engine::Source window() { return {"window", "me"}; }

private:
    void open()
    {
        auto opened = engine::Engine::open({.directory = m_directory.path().toStdString()},
            {m_clock, m_random, makePatientExpressions});
        if (!opened)
            qFatal("%s", opened.error().message.c_str());
        m_engine = *std::move(opened);
        auto server = engine::RestServer::open(m_options, m_engine->door());
        if (!server)
            qFatal("%s", server.error().message.c_str());
        m_server = *std::move(server);
    }

    engine::RestOptions m_options;
    engine::SystemClock m_clock;
    engine::SystemRandom m_random;
    QTemporaryDir m_directory;
    std::unique_ptr<engine::Engine> m_engine;
    std::unique_ptr<engine::RestServer> m_server;
};

} // namespace tests
