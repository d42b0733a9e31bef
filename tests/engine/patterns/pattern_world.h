#pragma once

#include "engine/base/calendar.h"
#include "engine/engine.h"
#include "engine/rest/rest_server.h"
#include "tests/engine/rest/http_client.h"
#include "tests/support/http_stub.h"
#include "tests/support/patient_expressions.h"
#include "tests/support/sim_random.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <atomic>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

namespace tests {

/// The engine on a real directory, its REST port, and a partner outside; the time is the test's.
class PatternWorld
{
public:
    /// The first of the flows is the one that the test is about.
    explicit PatternWorld(std::vector<std::string> flowTexts);

    /// A call of the REST port with the key.
    HttpAnswer call(const QByteArray &method, const QByteArray &path, const QByteArray &body = {},
        const QByteArray &headers = {});
    /// The same of our own API.
    HttpAnswer callOwn(const QByteArray &method, const QByteArray &path, const QByteArray &body,
        const QByteArray &headers);
    /// Nothing moves by itself any more: it waits, or it has ended.
    bool isSettled(const std::string &instance);
    /// Whether the instance has come to the step and waits there.
    bool standsAt(const std::string &instance, const std::string &step);
    /// Moves the clock and wakes the engine.
    void pass(const engine::Duration &time);
    /// Whether the instance was decided upon at the present time.
    bool hasMovedNow(const std::string &instance);
    /// What `kill -9` leaves: the files as they are now, and nobody who goes on with them. Then a
    /// new start.
    void killAndRestart();
    /// What a flow's input calls `${partner}`.
    std::string partner() const { return m_partner->url({}).toStdString(); }
    /// The idempotency keys under which the partner was called.
    std::vector<QByteArray> partnerKeys();

private:
    class HandClock final : public engine::Clock
    {
    public:
        engine::Instant now() const override { return engine::Instant(engine::Milliseconds(m_now)); }
        void set(engine::Instant now) { m_now = now.time_since_epoch().count(); }

    private:
        std::atomic<std::int64_t> m_now{1'767'225'600'000};
    };

    void open();
    void deploy();
    engine::InstanceSummary find(const std::string &instance);

    std::vector<std::string> m_flows;
    HandClock m_clock;
    SimRandom m_random{1};
    std::mutex m_mutex;
    std::vector<QByteArray> m_partnerKeys;
    std::unique_ptr<HttpStub> m_partner;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<engine::Engine> m_engine;
    std::unique_ptr<engine::RestServer> m_rest;
};

inline PatternWorld::PatternWorld(std::vector<std::string> flowTexts)
    : m_flows(std::move(flowTexts))
    , m_partner(std::make_unique<HttpStub>([this](const HttpStub::Request &request) {
        const std::lock_guard lock(m_mutex);
        if (const auto key = request.headers.value("idempotency-key"); !key.isEmpty())
            m_partnerKeys.push_back(key);
        return HttpStub::Answer{.body = "{\"value\":4}"};
    }))
    , m_directory(std::make_unique<QTemporaryDir>())
{
    open();
}

inline HttpAnswer PatternWorld::call(const QByteArray &method, const QByteArray &path,
    const QByteArray &body, const QByteArray &headers)
{
    const QByteArray type = body.isEmpty() ? "" : "Content-Type: application/json\r\n";
    return HttpClient(m_rest->port())
        .call(method, "/runtime/webhooks/durabletask/" + path, body,
            "x-functions-key: secret\r\n" + type + headers);
}

inline HttpAnswer PatternWorld::callOwn(const QByteArray &method, const QByteArray &path,
    const QByteArray &body, const QByteArray &headers)
{
    return HttpClient(m_rest->port())
        .call(method, "/api/v1/" + path, body,
            "x-functions-key: secret\r\nContent-Type: application/json\r\n" + headers);
}

inline bool PatternWorld::isSettled(const std::string &instance)
{
    const auto summary = find(instance);
    return summary.waiting || engine::isFinished(summary.status);
}

inline bool PatternWorld::standsAt(const std::string &instance, const std::string &step)
{
    const auto summary = find(instance);
    return summary.waiting && summary.standsAt.value == step;
}

inline void PatternWorld::pass(const engine::Duration &time)
{
    m_clock.set(m_clock.now() + time);
    // The engine looks at its clock after every message; the flow as it is changes nothing.
    deploy();
}

inline bool PatternWorld::hasMovedNow(const std::string &instance)
{
    return find(instance).changedAt == m_clock.now();
}

inline void PatternWorld::killAndRestart()
{
    auto left = std::make_unique<QTemporaryDir>();
    for (const QString &name : QDir(m_directory->path()).entryList(QDir::Files))
        if (!name.endsWith(QStringLiteral(".lock"))) // its process is dead
            QFile::copy(m_directory->filePath(name), left->filePath(name));
    m_rest.reset();
    m_engine.reset();
    m_directory = std::move(left);
    open();
}

inline std::vector<QByteArray> PatternWorld::partnerKeys()
{
    const std::lock_guard lock(m_mutex);
    return m_partnerKeys;
}

inline void PatternWorld::open()
{
    auto opened = engine::Engine::open(
        {.directory = m_directory->path().toStdString(), .allowed = {"all"}},
        {m_clock, m_random, makePatientExpressions});
    if (!opened)
        throw std::runtime_error(opened.error().message);
    m_engine = *std::move(opened);
    deploy();
    auto rest = engine::RestServer::open({.key = "secret"}, m_engine->door());
    if (!rest)
        throw std::runtime_error(rest.error().message);
    m_rest = *std::move(rest);
}

inline void PatternWorld::deploy()
{
    for (const std::string &flow : m_flows) {
        const auto deployed = m_engine->deploy({flow, true, {"window", "me"}}).result();
        if (!deployed)
            throw std::runtime_error(deployed.error().message);
        if (deployed->version != 1)
            throw std::runtime_error(deployed->problems.empty()
                                         ? "the same flow got another version"
                                         : engine::message(deployed->problems.front()));
    }
}

inline engine::InstanceSummary PatternWorld::find(const std::string &instance)
{
    auto found = m_engine->find({instance}).result();
    return found ? *std::move(found) : engine::InstanceSummary{};
}

} // namespace tests
