using PyBase.Core.Errors;

namespace PyBase.Core.Comments;

/// <summary>Refusals about comments.</summary>
public static class CommentErrors
{
    /// <summary>Longest comment, in characters.</summary>
    public const int MaxText = 10_000;

    /// <summary>A comment says something.</summary>
    public static readonly Error NeedsText = new("invalid-request-missing-fields", ErrorKind.Invalid, $"A comment needs a text of at most {MaxText} characters.");

    /// <summary>No such comment on this record.</summary>
    public static readonly Error NotFound = new("comment-not-found", ErrorKind.NotFound, "Comment not found");

    /// <summary>A reply goes to a comment of the same record.</summary>
    public static readonly Error UnknownParent = new("invalid-parent-comment", ErrorKind.Invalid, "parentCommentId is no comment on this record.");

    /// <summary>The words are somebody else's.</summary>
    public static readonly Error NotYours = new("invalid-permissions", ErrorKind.Forbidden, "You are not permitted to perform this operation", "Only its author changes a comment; author and admins delete it.");
}
