using Vpio.GuestDriver;

internal static class Resuming
{
    public static void Resume(GuestDevice device)
    {
        uint head;
        using (DeviceLease lease = device.Grab())
            head = lease.Read32(0x10);
        using (DeviceLease lease = device.Grab())
            lease.Write32(0x14, head); // VPIO1027: between the two holds the device was anybody's
    }
}
