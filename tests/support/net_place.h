#pragma once

#include "engine/activities/activity.h"

#include <QObject>
#include <QThread>

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

} // namespace tests
