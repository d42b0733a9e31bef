#pragma once

#include "engine/base/clock.h"

namespace tests {

/// Time that moves when a test says so.
class SimClock final : public engine::Clock
{
public:
    /// 2026-01-01T00:00:00Z.
    static constexpr engine::Instant begin{engine::Milliseconds(1'767'225'600'000)};

    engine::Instant now() const override { return m_now; }
    void advance(engine::Milliseconds by) { m_now += by; }
    void set(engine::Instant now) { m_now = now; }

private:
    engine::Instant m_now = begin;
};

} // namespace tests
