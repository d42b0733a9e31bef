#pragma once

#include "tests/load/figures.h"

namespace load {

/// How much of the processors other programs took meanwhile: figures of a busy machine say little.
class Others
{
public:
    Others();
    /// Since this was made, in processors.
    Figure figure() const;

private:
    SteadyClock::time_point m_begin;
    double m_others; ///< seconds of all processors that were not ours
};

} // namespace load
