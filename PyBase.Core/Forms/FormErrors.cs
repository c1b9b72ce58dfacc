using PyBase.Core.Errors;

namespace PyBase.Core.Forms;

/// <summary>Refusals of forms.</summary>
public static class FormErrors
{
    /// <summary>Most bytes of one file that is sent with a form.</summary>
    public const int MaxFileBytes = 5 << 20;

    /// <summary>Most files of one form.</summary>
    public const int MaxFiles = 10;

    /// <summary>It was closed, or its time is over.</summary>
    public static readonly Error Closed = new("form-closed", ErrorKind.Conflict, "This form takes no answers any more.");

    /// <summary>A program that fills in what no person sees, or sends without having loaded the form.</summary>
    public static readonly Error NotAPerson = new("form-proof-missing", ErrorKind.Invalid, "The form was not sent from its page.", "Load the form again and send the proof that comes with it; leave the field website empty.");

    /// <summary>What is wrong, by field.</summary>
    public static Error Invalid(IReadOnlyList<FieldFault> faults) => new("form-answers-invalid", ErrorKind.Invalid, "Some answers are missing or not asked for.") { Faults = faults };

    /// <summary>The files break a bound.</summary>
    public static Error Files(string rule) => new("form-files-refused", ErrorKind.Invalid, $"The files were not taken: {rule}.", $"At most {MaxFiles} files of {MaxFileBytes >> 20} MB each.");
}
