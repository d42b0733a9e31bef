#pragma once

#include "engine/engine.h"
#include "engine/model/problem.h"

#include <QObject>
#include <QThread>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace app {

/// Checks flows off the main thread, on the one thread `check`. Main thread.
class FlowChecker : public QObject
{
    Q_OBJECT

public:
    explicit FlowChecker(engine::MakeExpressions makeExpressions, QObject *parent = nullptr);
    ~FlowChecker() override;

    /// Answers on the main thread; a question that a newer one overtakes is never answered.
    void check(std::string text, std::function<void(std::vector<engine::Problem>)> answered);

private:
    class Worker;

    QThread m_thread;
    Worker *m_worker; ///< lives on the thread and goes with it
    std::atomic<std::uint64_t> m_newest = 0;
};

} // namespace app
