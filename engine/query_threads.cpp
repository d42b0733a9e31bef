#include "engine/query_threads.h"

namespace engine {

QueryThreads::QueryThreads(const OpenReader &open)
    : m_points(1, AtEnd::Finish, [open] { return std::make_unique<Opened>(open()); })
    , m_scans(1, AtEnd::Finish, [open] { return std::make_unique<Opened>(open()); })
{}

} // namespace engine
