#pragma once

#include "engine/base/random.h"

#include <cstdint>

namespace tests {

/// The same seed, the same chance.
class SimRandom final : public engine::Random
{
public:
    explicit SimRandom(std::uint64_t seed)
        : m_state(seed)
    {}

    std::uint64_t next() override
    {
        std::uint64_t bits = m_state += 0x9e3779b97f4a7c15U;
        bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9U;
        bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebU;
        return bits ^ (bits >> 31);
    }
    /// From 0 up to, not including, `limit`.
    int below(int limit) { return int(next() % std::uint64_t(limit)); }
    /// True `percent` times of a hundred.
    bool chance(int percent) { return below(100) < percent; }

private:
    std::uint64_t m_state;
};

} // namespace tests
