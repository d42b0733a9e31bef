#pragma once

#include <cstdint>

namespace engine {

/// The only source of chance in the engine. One thread at a time.
class Random
{
public:
    virtual ~Random() = default;
    /// 64 uniformly distributed bits.
    virtual std::uint64_t next() = 0;
};

/// Unpredictable bits of the operating system; for ids and keys.
class SystemRandom final : public Random
{
public:
    std::uint64_t next() override;
};

} // namespace engine
