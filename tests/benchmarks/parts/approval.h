#pragma once

#include "engine/expressions/expressions.h"
#include "engine/history/history_event.h"
#include "engine/history/message.h"
#include "engine/runtime/decision.h"
#include "engine/runtime/runnable_flow.h"

#include <string>
#include <vector>

namespace parts {

/// Decides messages to one instance of a flow, one after the other.
class Decisions
{
public:
    /// Throws std::runtime_error if the flow does not read.
    Decisions(const std::string &flow, engine::Expressions &expressions);

    /// Forgets the instance and starts a new one.
    void start();
    void raise(const std::string &event);
    /// The activity that runs is done.
    void finishActivity();
    const engine::InstanceState &state() const { return m_state; }
    /// One for each decision since the start.
    const std::vector<engine::HistoryRow> &rows() const { return m_rows; }

private:
    void decide(decltype(engine::Message::body) body);

    engine::Expressions &m_expressions;
    engine::RunnableFlow m_flow;
    engine::InstanceState m_state;
    std::vector<engine::HistoryRow> m_rows;
};

/// All four decisions of an approval.
void approve(Decisions &decisions);
/// A history of one instance that takes `events` events in a loop of one wait.
std::vector<engine::HistoryRow> longHistory(int events);
/// JavaScript, as in the program.
engine::Expressions &expressions();

} // namespace parts
