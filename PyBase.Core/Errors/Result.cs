using System.Diagnostics.CodeAnalysis;

namespace PyBase.Core.Errors;

/// <summary>A value, or the <see cref="Errors.Error"/> that explains why there is none.</summary>
public readonly struct Result<T>
{
    readonly T? value;

    Result(T? value, Error? error) => (this.value, Error) = (value, error);

    /// <summary>Null when there is a value.</summary>
    public Error? Error { get; }

    /// <summary>True when there is a value.</summary>
    public bool IsOk => Error is null;

    /// <summary>The value; throws when there is an error, which is a bug of the caller.</summary>
    public T Value => Error is null ? value! : throw new InvalidOperationException($"No value: {Error.Code}.");

    /// <summary>True with the value, or false with the error.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Error? error)
    {
        (value, error) = (this.value, Error);
        return error is null;
    }

    /// <summary>The same with the value replaced.</summary>
    public Result<TNext> Then<TNext>(Func<T, Result<TNext>> next) => Error is null ? next(value!) : Error;

    /// <summary>A value is a result.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "The conversion is the constructor.")]
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>An error is a result.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "The conversion is the constructor.")]
    public static implicit operator Result<T>(Error error) => new(default, error);
}
