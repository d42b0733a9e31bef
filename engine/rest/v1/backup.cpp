#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/body_object.h"
#include "engine/rest/v1/routes.h"
#include "engine/wire/json_writer.h"

namespace engine {

namespace {

/// `{"path": "/an/absolute/path"}`
Result<BackupRequest> requestFrom(const std::string &body, const JsonLimits &limits)
{
    const auto object = readObject(body, limits, {"path"});
    if (!object)
        return object.error();
    auto path = (*object)->text("path");
    if (!path)
        return path.error();
    return BackupRequest{*std::move(path)};
}

} // namespace

void addBackupRoutes(Router &router, const V1Context &context)
{
    router.add("POST", "api/v1/backup", [context](Exchange &exchange) {
        auto request = requestFrom(exchange.request().body, context.payload);
        if (!request)
            return exchange.answer(problemAnswer(request.error()));
        context.door.queries.backUp(
            *std::move(request), exchange.then<Backup>([&exchange](auto backup) {
                if (!backup)
                    return exchange.answer(problemAnswer(backup.error()));
                JsonObjectWriter body;
                body.text("path", backup->path).number("bytes", backup->bytes);
                exchange.answer(jsonAnswer(201, std::move(body).finish()));
            }));
    });
}

} // namespace engine
