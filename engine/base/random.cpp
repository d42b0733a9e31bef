#include "engine/base/random.h"

#include <random>

namespace engine {

std::uint64_t SystemRandom::next()
{
    std::random_device device;
    return (std::uint64_t{device()} << 32) | device();
}

} // namespace engine
