#pragma once

#include "engine/model/flow_reader.h"

#include <set>
#include <string>
#include <vector>

namespace engine {

/// What a problem is about.
struct CheckPlace {
    StepId step; ///< empty: the flow
    std::string pointer;
};

/// Place of a step, or of one of its members.
CheckPlace placeOf(const StepId &step);
CheckPlace placeOf(const StepId &step, std::string_view member);

/// Collects the problems of one check. Where the reader has already said something, nothing is
/// added: a member that could not be read is not missing too.
class CheckReport
{
public:
    /// `read` outlives the report.
    explicit CheckReport(const ReadFlow &read);

    void error(std::string id, CheckPlace place, std::string text,
        std::vector<std::string> arguments = {});
    void warning(std::string id, CheckPlace place, std::string text,
        std::vector<std::string> arguments = {});
    void hint(std::string id, CheckPlace place, std::string text,
        std::vector<std::string> arguments = {});

    /// All, also the reader's, in the order of the file.
    std::vector<Problem> problems();

private:
    void add(Problem problem);
    int lineOf(std::string_view pointer) const;

    const ReadFlow *m_read;
    std::set<std::string, std::less<>> m_unread;
    std::vector<Problem> m_problems;
};

} // namespace engine
