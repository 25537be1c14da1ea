namespace Vpio.Abi.Ownership;

/// <summary>Says that a call grabs devices: held once it has returned normally, and not before.</summary>
/// <param name="paths">The devices, each a parameter, or a field or property of the type, and on from there with dots; write them with <see langword="nameof"/>. None means the receiver.</param>
/// <remarks>
/// <para>On a method that returns a task it is held once the task was awaited. A call that throws has grabbed nothing.</para>
/// <para>If the result is a handle (<see cref="ScopedOwnershipAttribute"/>), the handle owns the hold.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class AcquiresAttribute(params string[] paths) : Attribute
{
    /// <summary>Gets the devices named.</summary>
    public string[] Paths { get; } = paths;

    /// <summary>Gets or sets whether it is an observer's hold, which allows only what asks for no more.</summary>
    public bool Shared { get; set; }

    /// <summary>Gets or sets whether the device counts its grabs: it may be grabbed while held, and is released as often.</summary>
    public bool Reentrant { get; set; }
}
