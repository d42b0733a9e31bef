#pragma once

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

namespace load {

using SteadyClock = std::chrono::steady_clock;

/// What a figure is to reach, and on which side of it.
struct Goal {
    double value = 0;
    enum class Side { AtLeast, AtMost } side = Side::AtMost;
};

struct Figure {
    std::string name;
    double value = 0;
    std::string unit;
    std::optional<Goal> goal;
};

/// One line of the table: a scenario at one size.
struct Row {
    std::string scenario;
    std::string size;
    std::vector<Figure> figures;
};

/// Times in the order of their ends, and what can be said of them.
class Times
{
public:
    void add(SteadyClock::duration time) { m_times.push_back(time); }
    std::size_t count() const { return m_times.size(); }
    /// The time that `share` (0 to 1) of them do not exceed, in ms; 0 if there are none.
    double percentile(double share) const;
    /// `what p50`, `what p99` and `what max`, in ms.
    void addTo(Row &row, const std::string &what, std::optional<Goal> goalOfP99 = {}) const;

private:
    std::vector<SteadyClock::duration> m_times;
};

double secondsSince(SteadyClock::time_point begin);

void printRow(std::FILE *file, const Row &row);
nlohmann::json jsonOf(const std::vector<Row> &rows);

} // namespace load
