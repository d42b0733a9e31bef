#pragma once

#include "engine/activities/activity.h"

#include <QObject>
#include <QThread>

#include <nlohmann/json.hpp>

#include <future>
#include <memory>

namespace tests {

/// A net thread with an object that lives on it.
class NetPlace
{
public:
    NetPlace()
    {
        m_place->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, m_place, &QObject::deleteLater);
        m_thread.start();
    }
    ~NetPlace()
    {
        m_thread.quit();
        m_thread.wait();
    }

    QObject &place() { return *m_place; }

private:
    QThread m_thread;
    QObject *m_place = new QObject;
};

/// Begins one attempt; what comes of it is in the future.
inline std::future<engine::ActivityOutcome> begin(
    engine::Activity &activity, const engine::ActivityRequest &request)
{
    auto promise = std::make_shared<std::promise<engine::ActivityOutcome>>();
    activity.start(request,
        [promise](engine::ActivityOutcome outcome) { promise->set_value(std::move(outcome)); });
    return promise->get_future();
}

/// The result, or a text that says what failed.
inline nlohmann::json valueOf(const engine::ActivityOutcome &outcome)
{
    const auto *text = std::get_if<engine::JsonText>(&outcome);
    return text ? text->tree()
                : nlohmann::json("failed: " + std::get<engine::Failure>(outcome).message);
}

/// The failure; of the type `none` if there is a result.
inline engine::Failure failureOf(const engine::ActivityOutcome &outcome)
{
    const auto *failure = std::get_if<engine::Failure>(&outcome);
    return failure ? *failure : engine::Failure{.type = "none"};
}

} // namespace tests
