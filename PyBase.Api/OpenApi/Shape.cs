namespace PyBase.Api.OpenApi;

/// <summary>What an operation takes and gives.</summary>
/// <param name="Body">Null for none.</param>
/// <param name="Answer">Null for an answer without a body.</param>
/// <param name="Status">Of success.</param>
/// <param name="Takes">Media type of the body.</param>
/// <param name="Gives">Of the answer.</param>
/// <param name="Query">Parameters that the operation reads itself.</param>
sealed record Shape(Type? Body, Type? Answer, int Status = StatusCodes.Status200OK, string Takes = "application/json", string Gives = "application/json", string[]? Query = null);

/// <summary>Every refusal outside of /v0.</summary>
/// <param name="Type"><c>urn:pybase:</c> and the code.</param>
/// <param name="Title">The code as words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong, for people.</param>
/// <param name="Code">One of <c>docs/errors.md</c>; never changes its meaning.</param>
/// <param name="Hint">What to do about it.</param>
/// <param name="TraceId">By which the log has it.</param>
/// <param name="Errors">The fields of the body that are wrong.</param>
sealed record Problem(string? Type, string? Title, int Status, string? Detail, string Code, string? Hint, string? TraceId, IReadOnlyList<ProblemField>? Errors);

sealed record ProblemField(string Field, string Message);
