using PyBase.Api.Errors;
using PyBase.Core.Errors;
using PyBase.Core.Schema;
using PyBase.Storage.Schema;

namespace PyBase.Api.Bases;

/// <summary>Answers that are planned with the definitions known here, whose statement says whether those are the ones of now.</summary>
static class Planned
{
    const int Attempts = 3;

    /// <summary>Plans and reads; null from <paramref name="once"/> says that the definitions turned out to be old, and it is planned again.</summary>
    public static async Task<IResult> AnswerAsync(Func<Task<IResult?>> once)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
            if (await SchemaRaces.RetryAsync(once) is { } answer)
                return answer;
        return SchemaErrors.BaseBusy.ToProblem();
    }
}
