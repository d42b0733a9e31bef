#pragma once

#include "engine/runtime/instance_state.h"
#include "tests/support/engine_world.h"
#include "tests/support/sim_random.h"

#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace tests {

/// Somebody does something with a task of an instance: mostly what is sensible, now and then not. All
/// that is an answer carries an event id.
class SimulatedPeople
{
public:
    explicit SimulatedPeople(SimRandom &random)
        : m_random(random)
    {}

    /// Nothing where there never was a task. `rows` is the history of the instance's run.
    std::optional<engine::Message> act(const std::string &instance,
        const std::vector<engine::HistoryRow> &rows, const std::string &eventId)
    {
        using namespace engine;
        const InstanceState state = replay(rows);
        const Sequence task = someTask(state);
        if (task == 0)
            return {};
        const Source source{"rest", "somebody"};
        const int dice = m_random.below(100);
        const std::string who = someName();
        if (dice < 20)
            return eventFor(instance, "Approval",
                "{\"outcome\":\"" + someOutcome() + "\",\"by\":\"" + who + "\"}", eventId);
        Message message{{instance}, state.run, {}};
        if (dice < 75)
            message.body = AnswerTask{task, someOutcome(), {}, {}, who, eventId, source};
        else if (dice < 85)
            message.body = ClaimTask{task, who, m_random.chance(40), source};
        else if (dice < 92)
            message.body = ReassignTask{task, m_random.chance(50) ? someName() : "",
                {someName(), someName()}, {}, source};
        else
            message.body = CommentTask{task, who, "why?", m_random.chance(50), source};
        return message;
    }

private:
    /// An open one, if there is; now and then one that is closed.
    engine::Sequence someTask(const engine::InstanceState &state)
    {
        const auto pick = [this](const auto &tasks) {
            return tasks.empty()
                       ? engine::Sequence{0}
                       : std::next(tasks.begin(), m_random.below(int(tasks.size())))->first;
        };
        const engine::Sequence open = pick(state.approvals);
        const engine::Sequence closed = pick(state.closedApprovals);
        return open == 0 || (closed != 0 && m_random.chance(15)) ? closed : open;
    }
    std::string someName()
    {
        return std::array{"ann", "bob", "cid", "Ann", "boss", "zoe"}[std::size_t(m_random.below(6))];
    }
    std::string someOutcome()
    {
        return std::array{"yes", "yes", "no", "later", "perhaps"}[std::size_t(m_random.below(5))];
    }

    SimRandom &m_random;
};

} // namespace tests
