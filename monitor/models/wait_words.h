#pragma once

#include <QString>

namespace engine {
struct Flow;
struct StepTrace;
} // namespace engine

namespace monitor {

/// Words for one row of "What it is waiting for".
struct WaitWords {
    QString what;     ///< `ShipmentUpdate`, `2 of Fire, Water, Power`, `a time`
    QString where;    ///< `Await shipment, 3rd time`
    QString then;     ///< the step that follows when the time is up; empty: nothing does
    QString thenMore; ///< `fails: ParcelLost`, `goes on with the default`
};

/// `flow` may be nullptr while it is not known yet.
WaitWords wordsFor(const engine::StepTrace &trace, const engine::Flow *flow);

} // namespace monitor
