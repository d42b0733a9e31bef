#include "engine/rest/error_status.h"

#include <algorithm>
#include <array>

namespace engine {

namespace {

struct CodeRow {
    ErrorCode code;
    int status;
    std::string_view word;
};

constexpr std::array codes{
    CodeRow{ErrorCode::InvalidArgument, 400, "invalid-argument"},
    CodeRow{ErrorCode::NotFound, 404, "not-found"},
    CodeRow{ErrorCode::AlreadyExists, 409, "already-exists"},
    CodeRow{ErrorCode::Finished, 410, "finished"},
    CodeRow{ErrorCode::WrongState, 409, "wrong-state"},
    CodeRow{ErrorCode::NotAllowed, 403, "not-allowed"},
    CodeRow{ErrorCode::TooLarge, 413, "too-large"},
    CodeRow{ErrorCode::Busy, 503, "busy"},
    CodeRow{ErrorCode::Unavailable, 503, "unavailable"},
    CodeRow{ErrorCode::Damaged, 500, "damaged"},
};

const CodeRow &rowOf(ErrorCode code)
{
    const auto found = std::ranges::find(codes, code, &CodeRow::code);
    invariant(found != codes.end(), "error_status: a code without a row");
    return *found;
}

struct ReasonRow {
    int status;
    std::string_view reason;
};

constexpr std::array reasons{
    ReasonRow{200, "OK"},
    ReasonRow{201, "Created"},
    ReasonRow{202, "Accepted"},
    ReasonRow{204, "No Content"},
    ReasonRow{400, "Bad Request"},
    ReasonRow{401, "Unauthorized"},
    ReasonRow{403, "Forbidden"},
    ReasonRow{404, "Not Found"},
    ReasonRow{405, "Method Not Allowed"},
    ReasonRow{408, "Request Timeout"},
    ReasonRow{409, "Conflict"},
    ReasonRow{410, "Gone"},
    ReasonRow{412, "Precondition Failed"},
    ReasonRow{413, "Content Too Large"},
    ReasonRow{414, "URI Too Long"},
    ReasonRow{417, "Expectation Failed"},
    ReasonRow{422, "Unprocessable Content"},
    ReasonRow{431, "Request Header Fields Too Large"},
    ReasonRow{500, "Internal Server Error"},
    ReasonRow{501, "Not Implemented"},
    ReasonRow{503, "Service Unavailable"},
    ReasonRow{505, "HTTP Version Not Supported"},
};

} // namespace

int statusOf(ErrorCode code) { return rowOf(code).status; }

std::string_view wordOf(ErrorCode code) { return rowOf(code).word; }

std::string_view reasonOf(int status)
{
    const auto found = std::ranges::find(reasons, status, &ReasonRow::status);
    return found == reasons.end() ? "Unknown" : found->reason;
}

} // namespace engine
