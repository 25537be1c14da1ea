namespace Vpio.Abi.Ownership;

/// <summary>Opt-outs inside an expression.</summary>
public static class Ownership
{
    /// <summary>Returns the device; the one member access made on the result is not checked.</summary>
    public static T Unchecked<T>(T device, string reason) => device;
}
