#pragma once

#include "engine/activities/builtin/net_activity.h"
#include "engine/activities/work_board.h"

#include <functional>

namespace engine {

/// Does something with the board, on the net thread. Any thread, as long as the net thread is
/// there.
using OnBoard = std::function<void(std::function<void(WorkBoard &)>)>;

/// Work for programs outside: `{ name, input }` ⇒ what the program reports.
class WorkerActivity final : public NetActivity
{
public:
    /// `clock` outlives the net thread.
    WorkerActivity(QObject &net, const Clock &clock);

    OnBoard board() const;
};

} // namespace engine
