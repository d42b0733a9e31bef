#include "tests/load/figures.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace load {
namespace {

bool isReached(const Figure &figure)
{
    return figure.goal->side == Goal::Side::AtLeast ? figure.value >= figure.goal->value
                                                    : figure.value <= figure.goal->value;
}

nlohmann::json jsonOf(const Figure &figure)
{
    nlohmann::json json{{"name", figure.name}, {"value", figure.value}, {"unit", figure.unit}};
    if (figure.goal) {
        json["goal"] = figure.goal->value;
        json["reached"] = isReached(figure);
    }
    return json;
}

} // namespace

double Times::percentile(double share) const
{
    if (m_times.empty())
        return 0;
    auto times = m_times;
    const auto rank = static_cast<std::size_t>(std::ceil(share * double(times.size())));
    const auto place = times.begin() + std::ptrdiff_t(std::max<std::size_t>(rank, 1) - 1);
    std::ranges::nth_element(times, place);
    return std::chrono::duration<double, std::milli>(*place).count();
}

void Times::addTo(Row &row, const std::string &what, std::optional<Goal> goalOfP99) const
{
    row.figures.push_back({what + " p50", percentile(0.5), "ms", {}});
    row.figures.push_back({what + " p99", percentile(0.99), "ms", goalOfP99});
    row.figures.push_back({what + " max", percentile(1), "ms", {}});
}

double secondsSince(SteadyClock::time_point begin)
{
    return std::chrono::duration<double>(SteadyClock::now() - begin).count();
}

void printRow(std::FILE *file, const Row &row)
{
    std::fprintf(file, "%s, %s\n", row.scenario.c_str(), row.size.c_str());
    for (const Figure &figure : row.figures) {
        std::fprintf(file, "  %-34s %14.3f %-6s", figure.name.c_str(), figure.value,
            figure.unit.c_str());
        if (figure.goal)
            std::fprintf(file, " goal %g: %s", figure.goal->value,
                isReached(figure) ? "reached" : "missed");
        std::fputc('\n', file);
    }
    std::fflush(file);
}

nlohmann::json jsonOf(const std::vector<Row> &rows)
{
    auto list = nlohmann::json::array();
    for (const Row &row : rows) {
        auto figures = nlohmann::json::array();
        for (const Figure &figure : row.figures)
            figures.push_back(jsonOf(figure));
        list.push_back(
            {{"scenario", row.scenario}, {"size", row.size}, {"figures", std::move(figures)}});
    }
    return list;
}

} // namespace load
