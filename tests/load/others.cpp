#include "tests/load/others.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

namespace load {
namespace {

double secondsOf(int who)
{
    rusage used{};
    getrusage(who, &used);
    const auto seconds = [](const timeval &time) {
        return double(time.tv_sec) + double(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

/// All that was not idle, nor ours or of a child that has ended.
double secondsOfOthers()
{
    std::ifstream file("/proc/stat");
    std::string cpu;
    double user = 0;
    double nice = 0;
    double system = 0;
    double idle = 0;
    double wait = 0;
    double interrupts = 0;
    double softly = 0;
    double stolen = 0;
    file >> cpu >> user >> nice >> system >> idle >> wait >> interrupts >> softly >> stolen;
    const double busy = user + nice + system + interrupts + softly + stolen;
    return busy / double(sysconf(_SC_CLK_TCK)) - secondsOf(RUSAGE_SELF) -
           secondsOf(RUSAGE_CHILDREN);
}

} // namespace

Others::Others()
    : m_begin(SteadyClock::now())
    , m_others(secondsOfOthers())
{}

Figure Others::figure() const
{
    const double others = (secondsOfOthers() - m_others) / secondsSince(m_begin);
    return {"processors that others took", std::max(others, 0.0), "", {}};
}

} // namespace load
