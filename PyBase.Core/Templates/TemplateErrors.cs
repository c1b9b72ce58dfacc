using PyBase.Core.Errors;

namespace PyBase.Core.Templates;

/// <summary>Refusals about templates.</summary>
public static class TemplateErrors
{
    /// <summary>None of that name.</summary>
    public static readonly Error NotFound = new("template-not-found", ErrorKind.NotFound, "There is no such template.", "GET /api/templates lists them.");
}
