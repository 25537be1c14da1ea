namespace Vpio.Abi.Ownership;

/// <summary>Switches the ownership rules off inside an expression.</summary>
public static class Ownership
{
    /// <summary>Returns a device unchanged, and lets what is done with the result go unchecked.</summary>
    /// <typeparam name="T">The type of the device.</typeparam>
    /// <param name="device">The device.</param>
    /// <param name="reason">What makes the access right that the rules cannot see; never empty.</param>
    /// <returns>The device.</returns>
    /// <remarks>It covers one access, or one argument. The next mention of the device is checked again.</remarks>
    public static T Unchecked<T>(T device, string reason) => device;
}
