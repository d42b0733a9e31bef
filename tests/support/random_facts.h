#pragma once

#include "engine/history/history_event.h"
#include "engine/history/message.h"

#include <cstdint>
#include <random>
#include <string>

namespace tests {

/// Makes facts and messages of every kind with every kind of member; the same seed, the same ones.
class RandomFacts
{
public:
    explicit RandomFacts(std::uint64_t seed)
        : m_random(seed)
    {}

    /// `kind` is an index of the variant.
    engine::Fact fact(std::size_t kind);
    engine::Fact fact();
    std::vector<engine::Fact> facts(std::size_t count);
    engine::Message message();
    std::int64_t number(std::int64_t from, std::int64_t to);
    bool chance() { return number(0, 1) == 1; }
    /// Quotes, control characters, four-byte characters, nothing at all.
    std::string text();
    engine::JsonText json();
    engine::Failure failure();
    engine::Source source();

private:
    std::mt19937_64 m_random;
};

} // namespace tests
